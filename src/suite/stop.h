/* SIGINT, SIGTERM and SIGHUP: the run ends with what is known, a second one ends it at once. */
#ifndef TCPCLOSE_SUITE_STOP_H
#define TCPCLOSE_SUITE_STOP_H

/* To be called once, in the parent. SIGPIPE and SIGXFSZ become errors of the write. */
void stop_listen(void);

/* In a child: the signals do what they do by default. */
void stop_forget(void);

/* The signal that came first, 0: none; and how many came. */
int stop_signal(void);
unsigned stop_count(void);

/* To be polled beside other things: readable from the first signal on, -1 when there is none. */
int stop_descriptor(void);

#endif
