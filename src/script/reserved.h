/*
 * The few words that are tokens of their own. All other words of the language are looked up by the
 * compiler, so that a new word changes neither the scanner nor the grammar.
 */
#ifndef TCPCLOSE_SCRIPT_RESERVED_H
#define TCPCLOSE_SCRIPT_RESERVED_H

enum reserved_kind {
	/* "udp", "icmp": stands before the numbers of a packet that is not TCP. */
	RESERVED_PROTOCOL,
	RESERVED_OR,    /* "or": stands between two packets */
	RESERVED_LAYER, /* an outer header */
};

/* The kinds of outer headers. Each also has a row in program/compile_outer.c. */
enum layer_kind { LAYER_IP, LAYER_GRE, LAYER_MPLS, LAYER_KINDS };

struct reserved_word {
	const char *text;
	enum reserved_kind kind;
	enum layer_kind layer; /* for RESERVED_LAYER */
};

/* Returns NULL when the word is not reserved. */
const struct reserved_word *reserved_find(const char *text);

#endif
