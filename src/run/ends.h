/* The ends of processes become events, wherever they are noticed first. */
#ifndef TCPCLOSE_RUN_ENDS_H
#define TCPCLOSE_RUN_ENDS_H

#include "run/running.h"

/*
 * A process, by its number in the world, has ended at a moment of script time with a wait status.
 * This makes an event once. The current step is not about it.
 */
void ends_note(struct running *run, unsigned host_number, int status, usec_t at);

#endif
