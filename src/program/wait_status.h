/* Says how a process ended, from the wait status of waitpid(2). */
#ifndef TCPCLOSE_PROGRAM_WAIT_STATUS_H
#define TCPCLOSE_PROGRAM_WAIT_STATUS_H

#include <stdbool.h>

enum { WAIT_STATUS_TEXT = 96 };

/* "status 3", "status 127 (the shell found no such program)", "killed by SIGSEGV". */
const char *wait_status_print(int status, char text[WAIT_STATUS_TEXT]);

/* "ended with status 3", "was killed by SIGSEGV": it follows the words "the command". */
const char *wait_status_tell(int status, char text[WAIT_STATUS_TEXT]);

/* The name of a signal; "signal 35" when it has none. */
const char *signal_print(int number, char text[WAIT_STATUS_TEXT]);

#endif
