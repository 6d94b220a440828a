/*
 * Finds out what a segment from the kernel is: a retransmitted FIN, a challenge ACK, a window
 * update ... It is judged from what was sent and injected on its connection before. Time is script
 * time.
 */
#ifndef TCPCLOSE_VERDICT_CLASSIFY_H
#define TCPCLOSE_VERDICT_CLASSIFY_H

#include <stddef.h>

#include "base/usec.h"
#include "verdict/classes.h"
#include "verdict/flow.h"

/*
 * Writes in a few words what `segment` is, given what came before; "" when it is nothing special
 * (new data, the first FIN ...). The words begin with a noun that needs an article, and have no
 * parentheses; for answers they are those of the close matrix. `text` should have CLASSIFIED_TEXT
 * bytes. Returns the class. Call flow_sent() afterwards.
 */
enum segment_class flow_classify(const struct flow *flow, const struct flow_segment *segment,
                                 usec_t at, char *text, size_t size);

/* Guesses that a counter may settle: see counter_words.h. */
#define GUESS_CLOSE "probably a close with unread data, or with linger 0"
#define GUESS_PROBE "probably a tail loss probe"
#define GUESS_ACK "without a cause that is known"

#endif
