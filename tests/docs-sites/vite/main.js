import "loopscope";
