/* The words that all reports use for events, states and errors. */
#ifndef TCPCLOSE_REPORT_WORDS_H
#define TCPCLOSE_REPORT_WORDS_H

#include <stddef.h>

#include "base/source.h"
#include "report/written.h"
#include "verdict/verdict.h"

/* Like segment_print(). */
const char *words_segment(const struct segment *segment, char text[WORDS]);

/* "ECONNRESET (Connection reset by peer)" */
const char *words_error(int error, char text[WORDS]);

/* "FIN_WAIT_1, timer retransmit 0.412 s, 1 retransmission, 5 bytes to read" */
const char *words_state(const struct tcp_status *state, char text[WORDS]);

/* What happened, without time and direction: a segment, or a call as the script has it. */
const char *words_event(const struct event *event, const struct sources *sources, char text[WORDS]);

/* What the script wants of a packet: only the fields that are compared. */
const char *words_want(const struct packet_want *want, const struct sources *sources,
                       char text[WORDS]);

#endif
