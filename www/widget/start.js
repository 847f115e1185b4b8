/** The name of the method that starts a widget for who does not want its trace: to make a million objects takes its time. */
export const START = Symbol.for("loopscope.start");
