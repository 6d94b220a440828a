/*
 * What a segment from the kernel can be, and what there is to know of each kind: what it means,
 * which document asks for it, where Linux sends it and what it counts then.
 */
#ifndef TCPCLOSE_VERDICT_CLASSES_H
#define TCPCLOSE_VERDICT_CLASSES_H

/* In the order of the table, which is the one to read it in. */
enum segment_class {
	CLASS_NONE, /* nothing special, which has no words */

	/* RST|ACK */
	CLASS_ABORT_CLOSE,
	CLASS_ABORT_DISCONNECT,
	CLASS_ABORT_PROBES,
	CLASS_ABORT_RETRANSMISSIONS,
	CLASS_RESET_OF_SYN_REFUSED,
	CLASS_RESET_OF_SYN_GONE,
	CLASS_RESET_OF_NO_ACK,
	CLASS_RESET_MISPLACED,

	/* RST */
	CLASS_RESET_OF_DATA,
	CLASS_RESET_HOLE,
	CLASS_RESET_OF_ACK,
	CLASS_RESET_OF_SEGMENT,
	CLASS_RESET_AFTER_RESET,
	CLASS_RESET_SYN_SENT,
	CLASS_RESET_SYN_RECEIVED,
	CLASS_RESET_WRONG_NUMBER,
	CLASS_RESET_UNPROVOKED,

	/* SYN */
	CLASS_SYN_AGAIN,
	CLASS_SYN_CROSSING,
	CLASS_SYN_NEW,
	CLASS_SYN_OTHER_NUMBER,

	/* FIN and text */
	CLASS_FIN_AGAIN,
	CLASS_FIN_CROSSING,
	CLASS_FIN_WITH_DATA,
	CLASS_FIN_SPURIOUS,
	CLASS_FIN_MOVED,
	CLASS_DATA_AGAIN,
	CLASS_DATA_AGAIN_AND_MORE,
	CLASS_DATA_SPURIOUS,
	CLASS_SEGMENT_INTO_ZERO,
	CLASS_SEGMENT_BEYOND,
	CLASS_SEGMENT_NO_FLAGS,

	/* probes */
	CLASS_PROBE_KEEPALIVE,
	CLASS_PROBE_ZERO_WINDOW,

	/* ACKs that answer what is not acceptable */
	CLASS_REPLY_RESET_INSIDE,
	CLASS_REPLY_SYN,
	CLASS_REPLY_ACK_UNSENT,
	CLASS_REPLY_ACK_ANCIENT,
	CLASS_REPLY_OLD_FIN,
	CLASS_REPLY_OLD_DATA,
	CLASS_REPLY_OLD,
	CLASS_REPLY_OLD_TIMESTAMP,
	CLASS_REPLY_BEYOND,
	CLASS_REPLY_KEEPALIVE,
	CLASS_REPLY_GAP,
	CLASS_REPLY_INTO_ZERO,
	CLASS_REPLY_TIME_WAIT,
	CLASS_REPLY_RESET,

	/* other ACKs */
	CLASS_ACK_DELAYED,
	CLASS_ACK_OF_PART,
	CLASS_ACK_OF_CROSSING_FIN,
	CLASS_ACK_CLOSES_WINDOW,
	CLASS_ACK_WINDOW_UPDATE,
	CLASS_ACK_STALE_SACK,
	CLASS_ACK_OF_NOTHING,
	CLASS_ACK_BACK,
	CLASS_ACK_DUPLICATE,
	SEGMENT_CLASSES
};

struct class_row {
	const char *name;     /* "fin-again": for people to type */
	const char *words;    /* a pattern of fnmatch(3) that the words of flow_classify() fit */
	const char *meaning;  /* whole sentences */
	const char *clause;   /* of which document; "": none asks for it */
	const char *function; /* of Linux; "": it never sends that */
	const char *counters; /* separated by blanks, as of SNMP and netstat; "": none counts it */
};

/* Of CLASS_NONE, NULL. */
const struct class_row *class_row(enum segment_class class);

/* The class of that name, or of words that flow_classify() gave; CLASS_NONE when there is none. */
enum segment_class class_find(const char *text);

#endif
