/* The ends of processes become events, wherever they are heard of first. */
#ifndef TCPCLOSE_RUN_ENDS_H
#define TCPCLOSE_RUN_ENDS_H

#include "run/running.h"

/*
 * A process of the host's has ended, at a moment of script time, with a wait status. It is told
 * once, and is not what the current step is about.
 */
void ends_note(struct running *run, unsigned host_number, int status, usec_t at);

#endif
