/*
 * What a script asks for that only Linux has, and that a stack can be played without: it is left
 * out, and told. A script that says "requires stack" was written for one: nothing of it is left
 * out.
 */
#ifndef TCPCLOSE_RUN_LEFT_OUT_H
#define TCPCLOSE_RUN_LEFT_OUT_H

#include <stdbool.h>

#include "host/host.h"
#include "program/program.h"

/* Is something left out of the program in this world? */
bool left_out_applies(const struct program *program, const struct host *host);

/*
 * Whether state lines as a whole are, since the world cannot show states; also of a script that was
 * written for a stack.
 */
bool left_out_states(const struct host *host);

/*
 * Is this the stack that the script requires ("requires stack lwIP" is any whose name begins so)?
 * False: `error` says what is missing, and *where is the line.
 */
bool left_out_stack_is(const struct program *program, const struct host *host, struct range *where,
                       char error[FAULT_TEXT]);

/*
 * What is left out: "sysctl net.ipv4.tcp_timestamps, 2 timers and queues of state lines"; "" when
 * nothing is.
 */
void left_out_say(const struct program *program, const struct host *host, char *text, size_t size);

#endif
