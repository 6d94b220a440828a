/* Processes: twins that make calls, and programs whose peer is the script; also the device. */
#ifndef TCPCLOSE_RUN_STEP_PROCESS_H
#define TCPCLOSE_RUN_STEP_PROCESS_H

#include "run/running.h"

/* Play a step. They return false when the run is over. */
bool step_process(struct running *run, const struct step *step);
bool step_link(struct running *run, const struct step *step);

#endif
