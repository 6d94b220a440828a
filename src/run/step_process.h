/* Processes: twins that make calls, programs that the script plays the peer of; the device. */
#ifndef TCPCLOSE_RUN_STEP_PROCESS_H
#define TCPCLOSE_RUN_STEP_PROCESS_H

#include "run/running.h"

/* Play a step. False: the run is over. */
bool step_process(struct running *run, const struct step *step);
bool step_link(struct running *run, const struct step *step);

#endif
