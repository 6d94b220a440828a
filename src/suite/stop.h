/*
 * SIGINT, SIGTERM and SIGHUP: the first one ends the run with what is known, a second one ends it
 * at once.
 */
#ifndef TCPCLOSE_SUITE_STOP_H
#define TCPCLOSE_SUITE_STOP_H

/* Called once, in the parent. SIGPIPE and SIGXFSZ become errors of write(2). */
void stop_listen(void);

/* In a child: the signals do again what they do by default. */
void stop_forget(void);

/* The signal that came first, or 0; and how many came. */
int stop_signal(void);
unsigned stop_count(void);

/* A descriptor for poll(2), which can be read from the first signal on; -1 when there is none. */
int stop_descriptor(void);

#endif
