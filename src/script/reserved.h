/*
 * The few words that are tokens of their own: all other words of the language are looked up by the
 * compiler, so that a new one changes neither scanner nor grammar.
 */
#ifndef TCPCLOSE_SCRIPT_RESERVED_H
#define TCPCLOSE_SCRIPT_RESERVED_H

enum reserved_kind {
	RESERVED_PROTOCOL, /* in front of the numbers of a packet that is not TCP */
	RESERVED_OR,       /* between two packets */
	RESERVED_LAYER,    /* a header around a packet */
};

/* The kinds of headers around a packet; a row for each is in program/compile_outer.c, too. */
enum layer_kind { LAYER_IP, LAYER_GRE, LAYER_MPLS, LAYER_KINDS };

struct reserved_word {
	const char *text;
	enum reserved_kind kind;
	enum layer_kind layer; /* of RESERVED_LAYER */
};

/* NULL when the word is not reserved. */
const struct reserved_word *reserved_find(const char *text);

#endif
