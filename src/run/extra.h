/*
 * Segments that no line expects, as the lines that would, and lines that nothing came for. With
 * settings->bless the run goes on behind them, as if the script were right already.
 */
#ifndef TCPCLOSE_RUN_EXTRA_H
#define TCPCLOSE_RUN_EXTRA_H

#include <stdbool.h>

#include "run/running.h"

/* The run begins; a step is over. */
void extra_begin(struct running *run);
void extra_step_over(struct running *run, const struct step *step);

/* Adds the line that would expect the packet, where it came, to the edits. */
void extra_mend(struct running *run, const struct queued *packet);

/* The same, and takes it as if that line were there: it leaves the queue. */
void extra_take(struct running *run, struct queued *packet);

/* Did it come before what the script did last, so that no line behind that can mean it? */
bool extra_is_early(const struct running *run, const struct step *step,
                    const struct queued *packet);

/* Nothing came for a line: it becomes a comment, and its time is added to that of what follows. */
void extra_leave_out(struct running *run, const struct step *step);

#endif
