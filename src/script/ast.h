/*
 * The tree of a script: what was written. A word is only a word here: program/compile finds out
 * whether it is a call, a flag or a constant. Every node keeps its range in the text.
 */
#ifndef TCPCLOSE_SCRIPT_AST_H
#define TCPCLOSE_SCRIPT_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/usec.h"

struct word {
	const char *text; /* NULL: it was not written */
	struct range where;
};

enum expr_kind {
	EXPR_ELLIPSIS, /* ... */
	EXPR_STAR,     /* * */
	EXPR_NUMBER,   /* 10, -1, 0x1f */
	EXPR_FLOAT,    /* 0.25; `number` counts millionths */
	EXPR_ABSOLUTE, /* 10!: a number as it is on the wire, not relative to an ISN */
	EXPR_WORD,
	EXPR_STRING,  /* `text` with its `length`: escapes are already replaced */
	EXPR_PREFIX,  /* "text"...  */
	EXPR_ADDRESS, /* 192.0.2.1, 2001:db8::1 */
	EXPR_PAIR,    /* left:right, left~right, left > right */
	EXPR_OR,      /* `items`, joined by '|'; `right` is the last one */
	EXPR_FIELD,   /* left = right */
	EXPR_CALL,    /* text(items) */
	EXPR_LIST,    /* [items] */
	EXPR_RECORD,  /* {items} */
	EXPR_KINDS
};

struct expr {
	enum expr_kind kind;
	uint32_t length; /* bytes of `text` */
	struct range where;
	const char *text;
	union {
		int64_t number;
		struct expr *left;
		struct expr *items; /* linked by next */
	};
	struct expr *right;
	struct expr *next;
};

struct expr_list { /* for building a list */
	struct expr *first, *last;
};

enum time_form {
	WHEN_RELATIVE,
	WHEN_ABSOLUTE,
	WHEN_ANY,
	WHEN_RELATIVE_RANGE,
	WHEN_ABSOLUTE_RANGE,
};

struct when {
	enum time_form form;
	struct range where;
	const struct expr *at, *until; /* NUMBER or FLOAT, in seconds; NULL: it was not written */
};

enum packet_protocol { PACKET_TCP, PACKET_UDP, PACKET_ICMP };

struct packet_node {
	bool inbound;                    /* '<': the harness injects it */
	struct word modifier;            /* "maybe", or no text */
	struct packet_node *alternative; /* what stands behind "or" */
	enum packet_protocol protocol;
	/* The outer headers as CALLs: ipv4(A:B), gre(), mpls((label=1, ...)); or NULL. */
	struct expr *outer;
	struct expr *ip;            /* (tos 0x10, flowlabel 0x1): words and numbers, or NULL */
	struct expr *ports;         /* PAIR, or NULL */
	struct word flags;          /* "F.", "-", "P.5" */
	struct expr *sequence;      /* PAIR of numbers, STAR, or NULL */
	bool absolute;              /* "!": the sequence number is as it is on the wire */
	struct expr *length;        /* NUMBER or STAR; UDP has it, too */
	struct expr *attributes;    /* FIELDs: ack 1, win 257, urg 3 */
	struct expr *options;       /* CALLs: mss(1460), TS(val, 1, ecr, 2); or one ELLIPSIS */
	struct range options_where; /* {0,0}: there was no <> */
	/* Names what was written that tcpclose does not do: a word for foreign_reason(). */
	struct word left_out;
	struct expr *payload; /* STRING: the bytes; NULL: they are all zero */
	struct word icmp_type, icmp_code;
	/* CALL: raw, udp or tcp with its numbers; or a WORD for foreign_reason(); or NULL. */
	struct expr *quote;
};

/*
 * A system call, or something of tcpclose that looks like one: name(args) = result error (note),
 * ...
 */
struct call_node {
	struct word actor; /* "child:" before the name */
	struct word name;
	bool blocking;
	struct expr *end; /* the time behind "...": NUMBER or FLOAT, in seconds */
	bool has_arguments;
	struct expr *arguments;
	struct expr *result; /* NULL: there is no '=' */
	struct word error;
	struct expr *tail; /* behind the result, ", timer timewait 60": WORDs and FIELDs */
};

enum event_form { FORM_PACKET, FORM_CALL, FORM_COMMAND, FORM_CODE, FORM_TEXT };

struct event_node {
	enum event_form form;
	struct range where; /* of the action, without its time */
	struct when when;
	union {
		struct packet_node *packet;
		struct call_node *call;
		/* For FORM_COMMAND and FORM_CODE, and for FORM_TEXT during parsing. */
		const char *text;
	};
	struct event_node *next;
};

/* --name or --name=value */
struct option_node {
	struct word name, value;
	struct option_node *next;
};

/* A line that begins with the name of a directive: "covers D3-09 D1-07". */
struct directive_node {
	struct word name, text;
	struct directive_node *next;
};

struct script {
	const char *path;
	struct option_node *options;
	struct directive_node *directives;
	struct word init_command, cleanup_command;
	struct event_node *events;
	size_t event_count;
};

/*
 * Somebody who takes events out of the parser. take() is called for each event as soon as it is
 * complete; the options and the other items before it are then in the tree. It returns true when it
 * is done with the event (the same must hold for all that follow): the memory of the event's nodes
 * is then used again, but its strings stay. It returns false when the event shall stay in the tree.
 */
struct event_taker {
	bool (*take)(void *context, const struct script *script, const struct event_node *event);
	void *context;
};

struct expr *expr_new(struct arena *arena, enum expr_kind kind, struct range where);
void expr_append(struct expr_list *list, struct expr *item);

/*
 * Returns the microseconds of a NUMBER or FLOAT in seconds, and 0 for NULL. A number that is too
 * large for the type gives the largest value, one that is too small the smallest.
 */
usec_t expr_usec(const struct expr *expr);

/* Prints the tree as text, a node in each line. The language tests use it. */
void script_dump(const struct script *script, FILE *out);

#endif
