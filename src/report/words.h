/*
 * The words that reports have in common: events, states and errors as people read them. Much of it
 * comes from a child that may have died half-way, so nothing is taken for terminated or printable.
 */
#ifndef TCPCLOSE_REPORT_WORDS_H
#define TCPCLOSE_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/source.h"
#include "report/report.h"
#include "verdict/verdict.h"

/* What the reader's terminal can show. */
struct style {
	bool colour;  /* a terminal, and NO_COLOR is not set */
	bool unicode; /* the locale's characters are UTF-8 */
};

struct style style_of(FILE *out);

enum style_colour { COLOUR_BAD, COLOUR_GOOD, COLOUR_ODD, COLOUR_FAINT, COLOUR_STRONG };

/* What begins and what ends coloured text; "" without colours. */
const char *style_begin(struct style style, enum style_colour colour);
const char *style_end(struct style style);
enum style_colour style_of_verdict(enum verdict_kind kind);

/*
 * The character at `text` and, as the result, its length in bytes. 0: these bytes are not UTF-8
 * (RFC 3629: no overlong forms, no surrogates).
 */
size_t utf8_next(const char *text, size_t left, uint32_t *character);

/*
 * Prints text that ends at its NUL or after `size` bytes; control characters and bytes that are not
 * UTF-8 are shown as '?'.
 */
void words_print(FILE *out, const char *text, size_t size);

enum { WORDS = 512 }; /* room for any of these */

/* A piece of script as one line: comments left out, blanks squeezed, cut where it is too long. */
const char *words_source(const struct sources *sources, struct range range, char text[WORDS]);

/* As segment_print(). */
const char *words_segment(const struct segment *segment, char text[WORDS]);

/* "ECONNRESET (Connection reset by peer)" */
const char *words_error(int error, char text[WORDS]);

/* "FIN_WAIT_1, timer retransmit 0.412 s, 1 retransmission, 5 bytes to read" */
const char *words_state(const struct tcp_status *state, char text[WORDS]);

/* What happened, without time and direction: a segment, or a call as the script has it. */
const char *words_event(const struct event *event, const struct sources *sources, char text[WORDS]);

/* What the script wants of a packet: the fields that are compared, and no others. */
const char *words_want(const struct packet_want *want, const struct sources *sources,
                       char text[WORDS]);

/* "38 passed (2 flaky), 1 failed, 2 skipped, 1 xfailed in 1.2 s" */
void words_totals(FILE *out, const struct report_totals *totals);

/* As report_explain(), for a reader who can see that style. */
void explain(FILE *out, struct style style, const struct report_test *test);

/*
 * What stands in the place of the verdict's reason in one line: it, or the known bug's, or a
 * retry's.
 */
const char *words_remark(const struct report_test *test, char text[WORDS]);

/* Where the verdict points to; false when it has no position. */
bool words_locate(const struct report_test *test, struct range *range, struct location *location);

#endif
