/** The event after each drawing, with the frame that was drawn. No part of the contract: the page around a widget follows it. */
export const DRAWN = "loopscope:drawn";
