/*
 * What was written: the tree of a script. Words are words here (which of them is a call, a flag or
 * a constant is for program/compile to say); every node keeps its range.
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
	const char *text; /* NULL: not written */
	struct range where;
};

enum expr_kind {
	EXPR_ELLIPSIS, /* ... */
	EXPR_STAR,     /* * */
	EXPR_NUMBER,   /* 10, -1, 0x1f */
	EXPR_FLOAT,    /* 0.25; number is in millionths */
	EXPR_ABSOLUTE, /* 10!: a number as it is on the wire */
	EXPR_WORD,
	EXPR_STRING,  /* text, length: escapes are resolved */
	EXPR_PREFIX,  /* "text"...  */
	EXPR_ADDRESS, /* 192.0.2.1, 2001:db8::1 */
	EXPR_PAIR,    /* left:right, left~right, left > right */
	EXPR_OR,      /* items, joined by '|'; right is the last */
	EXPR_FIELD,   /* left = right */
	EXPR_CALL,    /* text(items) */
	EXPR_LIST,    /* [items] */
	EXPR_RECORD,  /* {items} */
	EXPR_KINDS
};

struct expr {
	enum expr_kind kind;
	uint32_t length; /* of text */
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

struct expr_list { /* for building */
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
	const struct expr *at, *until; /* NUMBER or FLOAT, in seconds; NULL: not written */
};

enum packet_protocol { PACKET_TCP, PACKET_UDP, PACKET_ICMP };

struct packet_node {
	bool inbound;                    /* '<': injected */
	struct word modifier;            /* "maybe" */
	struct packet_node *alternative; /* "or" this one */
	enum packet_protocol protocol;
	struct expr *outer;         /* CALLs: ipv4(A:B), gre(), mpls((label=1, ...)); or NULL */
	struct expr *ip;            /* (tos 0x10, flowlabel 0x1): words and numbers, or NULL */
	struct expr *ports;         /* PAIR, or NULL */
	struct word flags;          /* "F.", "-", "P.5" */
	struct expr *sequence;      /* PAIR of numbers, STAR, or NULL */
	bool absolute;              /* "!": the sequence number is the one on the wire */
	struct expr *length;        /* NUMBER or STAR; of UDP too */
	struct expr *attributes;    /* FIELDs: ack 1, win 257, urg 3 */
	struct expr *options;       /* CALLs: mss(1460), TS(val, 1, ecr, 2); or one ELLIPSIS */
	struct range options_where; /* {0,0}: no <> was written */
	struct word left_out;       /* a word of foreign.h: what was written that is not done */
	struct expr *payload;       /* STRING: the bytes; NULL: they are zero */
	struct word icmp_type, icmp_code;
	struct expr *quote; /* CALL: raw/udp/tcp with its numbers; a WORD of foreign.h; or NULL */
};

/* A system call, or something of ours that looks like one: name(args) = result error (note), ... */
struct call_node {
	struct word actor; /* "child:" */
	struct word name;
	bool blocking;
	struct expr *end; /* of "...0.2": NUMBER or FLOAT, in seconds */
	bool has_arguments;
	struct expr *arguments;
	struct expr *result; /* NULL: no '=' */
	struct word error;
	struct expr *tail; /* ", timer timewait 60": WORDs and FIELDs */
};

enum event_form { FORM_PACKET, FORM_CALL, FORM_COMMAND, FORM_CODE, FORM_TEXT };

struct event_node {
	enum event_form form;
	struct range where; /* the action, without its time */
	struct when when;
	union {
		struct packet_node *packet;
		struct call_node *call;
		const char *text; /* FORM_COMMAND, FORM_CODE; FORM_TEXT while parsing */
	};
	struct event_node *next;
};

/* --name or --name=value */
struct option_node {
	struct word name, value;
	struct option_node *next;
};

/* A line that begins with a word of ours: "covers D3-09 D1-07". */
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
 * One who takes each event when it is complete: of the tree the options and what else came before
 * it are there already. True: it is done with the event, whose nodes are then used for others
 * (their strings stay), and will be with all that follow. False: the event stays in the tree.
 */
struct event_taker {
	bool (*take)(void *context, const struct script *script, const struct event_node *event);
	void *context;
};

struct expr *expr_new(struct arena *arena, enum expr_kind kind, struct range where);
void expr_append(struct expr_list *list, struct expr *item);

/*
 * The microseconds of a number of seconds, or of one with a fraction; 0 of NULL. One that is too
 * large for the type gives its largest value, and a negative one its smallest.
 */
usec_t expr_usec(const struct expr *expr);

/* The tree as text, one node a line, for the language tests. */
void script_dump(const struct script *script, FILE *out);

#endif
