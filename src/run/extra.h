/*
 * Makes edits (verdict/edits.h) of segments that no line expects, and of lines for which nothing
 * came. With settings->bless the run continues after them, as if the script were right already.
 */
#ifndef TCPCLOSE_RUN_EXTRA_H
#define TCPCLOSE_RUN_EXTRA_H

#include <stdbool.h>

#include "run/running.h"

/* The run begins; a step is over. */
void extra_begin(struct running *run);
void extra_step_over(struct running *run, const struct step *step);

/* Adds an edit: the line that would expect the packet, at the place where it came. */
void extra_mend(struct running *run, const struct queued *packet);

/* The same, and removes the packet from the queue, as if that line were there. */
void extra_take(struct running *run, struct queued *packet);

/*
 * Tells whether it came before what the script did last, so that no line behind that can mean it.
 */
bool extra_is_early(const struct running *run, const struct step *step,
                    const struct queued *packet);

/*
 * Nothing came for a line: it becomes a comment, and its time is added to that of what follows.
 */
void extra_leave_out(struct running *run, const struct step *step);

#endif
