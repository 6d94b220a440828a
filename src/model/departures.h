/*
 * A departure is a point where Linux differs from an RFC on purpose. Each has a name, and a row
 * that tells what it differs from, which function of the kernel does it, why, since when, and which
 * script shows it. Departures are only used when Linux is judged (MODEL_LINUX). Then both ways are
 * right: a kernel that does what the RFC says is not wrong. An oversight that was mended is a
 * departure of the kernels before, and of no other.
 */
#ifndef TCPCLOSE_MODEL_DEPARTURES_H
#define TCPCLOSE_MODEL_DEPARTURES_H

#include <stdbool.h>

enum departure {
	DEPARTURE_NONE, /* the rule is the RFC's */
	DEPARTURE_RST_AFTER_FIN,
	DEPARTURE_RST_AT_SACK,
	DEPARTURE_FIN_AT_ZERO_WINDOW,
	DEPARTURE_ACK_OF_OLD_TEXT,
	DEPARTURE_PAWS_WINDOW,
	DEPARTURE_TEXT_OVER_FIN,
	DEPARTURE_FIN_WAIT_2_ENDS,
	DEPARTURE_FIN_WAIT_2_TWICE,
	DEPARTURE_FIN_WAIT_2_MINIATURE,
	DEPARTURE_LINGER2,
	DEPARTURE_TIME_WAIT_60,
	DEPARTURE_TIME_WAIT_SYN,
	DEPARTURE_TIME_WAIT_FULL,
	DEPARTURE_TIME_WAIT_REUSED,
	DEPARTURE_SYN_ACK_ALONE,
	DEPARTURE_CROSSED_ISS,
	DEPARTURE_SECOND_SYN,
	DEPARTURE_HANDSHAKE_ACK_DROPPED,
	DEPARTURE_OPENS_NO_LONGER,
	DEPARTURE_ORPHAN_PROBES_END,
	DEPARTURE_GIVES_UP_EARLY,
	DEPARTURE_ABORT_IN_WINDOW,
	DEPARTURE_ABORT_WHEN_CLOSING,
	DEPARTURE_ABORT_KEEPS_TIME_WAIT,
	DEPARTURE_NO_ACK_DROPPED,
	DEPARTURE_TIME_WAIT_STAMP,
	DEPARTURE_OLD_ACK_STAMP,
	DEPARTURE_RIGHT_EDGE,
	DEPARTURE_OVER_THE_WINDOW,
	DEPARTURE_PAWS_PURE_ACK,
	DEPARTURE_FIN_BEHIND_GAP,
	DEPARTURE_FAST_PATH_OLD_ACK,
	DEPARTURE_UNSENT_ACK_SILENT,
	DEPARTURE_RESET_IN_CLOSE_WAIT,
	DEPARTURE_STAMP_ZERO,
	DEPARTURE_SYN_RECEIVED_RST_STAMP,
	DEPARTURE_COUNT
};

struct departure_row {
	const char *name;     /* "rst-after-fin" */
	const char *clause;   /* the clause of the RFC */
	const char *function; /* of the kernel */
	const char *what;     /* what Linux does instead */
	const char *why;
	const char *since;  /* the first version with it, as far as it is known */
	const char *script; /* a script below scripts/ that shows it */
};

/* Never returns NULL. For DEPARTURE_NONE all texts are "". */
const struct departure_row *departure_get(enum departure departure);

/* Is it one of this kernel ("6.1.192", as uname(2) says it)? Of any, when `kernel` is NULL. */
bool departure_is_of(enum departure departure, const char *kernel);

#endif
