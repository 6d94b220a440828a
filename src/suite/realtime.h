/*
 * How a test comes to run in time: real-time scheduling and locked memory, where these are allowed.
 */
#ifndef TCPCLOSE_SUITE_REALTIME_H
#define TCPCLOSE_SUITE_REALTIME_H

/*
 * For the process that plays a test, when its world is made: real-time scheduling, and memory that
 * is not swapped out. What is not allowed is left out without a message.
 */
void realtime_enter(void);

#endif
