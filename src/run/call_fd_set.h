/*
 * The lists of select(2). The kernel has a bit for each of its own numbers. So the script's numbers
 * are translated, and the number of bits comes of the translated ones.
 */
#ifndef TCPCLOSE_RUN_CALL_FD_SET_H
#define TCPCLOSE_RUN_CALL_FD_SET_H

#include "run/live_call.h"

/* The kernel's highest number in all lists of this call, plus one. */
int call_fd_count(const struct running *run, const struct live_call *call);

/*
 * Takes memory for a list and sets the bits of all who are asked. The call changes it. NULL: there
 * is no memory.
 */
void *call_take_fd_set(struct running *run, struct live_call *call, const struct value *list);

/*
 * Compares who answered with `isset`. Returns false when the run has failed.
 */
bool call_check_fd_set(struct running *run, const struct live_call *call, const struct value *list,
                       const void *memory);

#endif
