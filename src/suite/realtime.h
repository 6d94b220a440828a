/* Being on time: what a test asks of the scheduler and of the memory, where it may. */
#ifndef TCPCLOSE_SUITE_REALTIME_H
#define TCPCLOSE_SUITE_REALTIME_H

/*
 * For the process that plays a test, when its world is made: real-time scheduling, and memory that
 * stays where it is. What is not allowed is left, and nothing is said of it.
 */
void realtime_enter(void);

#endif
