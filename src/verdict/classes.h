/*
 * The classes: what a segment from the kernel can be. For each class the table says what it means,
 * which document asks for it, which function of Linux sends it, and which counters it moves.
 */
#ifndef TCPCLOSE_VERDICT_CLASSES_H
#define TCPCLOSE_VERDICT_CLASSES_H

/* In the order of the table, which is the one to read it in. */
enum segment_class {
	CLASS_NONE, /* nothing special; it has no words */

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

	/* ACKs that answer a segment that is not acceptable */
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
	const char *name;  /* "fin-again", for people to type */
	const char *words; /* a pattern of fnmatch(3), which matches the words of flow_classify() */
	const char *meaning;  /* full sentences */
	const char *clause;   /* the clause of a document; "": no document asks for it */
	const char *function; /* of Linux; "": Linux never sends it */
	/* Separated by blanks, with the names in SNMP and netstat; "": no counter counts it. */
	const char *counters;
};

/* Returns NULL for CLASS_NONE. */
const struct class_row *class_row(enum segment_class class);

/*
 * Finds the class by its name, or by words of flow_classify(). Returns CLASS_NONE when there is
 * none.
 */
enum segment_class class_find(const char *text);

#endif
