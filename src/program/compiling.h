/* What the parts of the compiler share. Only compile*.c include this. */
#ifndef TCPCLOSE_PROGRAM_COMPILING_H
#define TCPCLOSE_PROGRAM_COMPILING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"
#include "program/syscalls.h"
#include "script/ast.h"

enum { DESCRIPTORS_MAX = 1024 }; /* a script's numbers are below this */

enum descriptor_use { DESCRIPTOR_NEVER, DESCRIPTOR_OPEN, DESCRIPTOR_CLOSED };

struct compiling {
	struct arena *arena; /* of the program */
	struct arena *own;   /* of this, until compile_end() */
	struct diag *diag;
	const struct settings *settings;
	struct program *program;
	size_t room;         /* for steps */
	bool good;           /* so far */
	unsigned own_errors; /* those that the compiler reported */
	struct process_names {
		const char *name;                           /* NULL: the test's own */
		bool is_program;                            /* makes no calls that we see */
		unsigned char descriptors[DESCRIPTORS_MAX]; /* enum descriptor_use */
	} processes[PROCESSES];
	unsigned process_count; /* with the test's own */
	bool incomplete;        /* lines were refused before: what they opened is not known */
	unsigned who;           /* whose call is being compiled */
	/* Of the packet that is being compiled. */
	struct range where[PACKET_FIELDS];
	struct tcp_option_bytes options;
	bool sends_text; /* a call sends bytes that the script wrote */
};

/* ---- compile_value.c ---- */

/* Evaluates any expression. */
bool compile_value(struct compiling *c, const struct expr *expr, struct value *value);

/* Evaluates one that must be a number; `what` names it in the message. */
bool compile_number(struct compiling *c, const struct expr *expr, const char *what, int64_t least,
                    int64_t most, int64_t *number);

/* A word for a number that is no symbol we know; reports it with the nearest one. */
void report_unknown_symbol(struct compiling *c, const struct expr *expr);

/* ---- compile_ip.c ---- */

/* Is it a word of the IP header? */
bool ip_word_is(const char *word);

bool compile_ip_item(struct compiling *c, const struct expr *item, bool inbound,
                     struct packet_want *want);

/* ---- compile_icmp.c ---- */

bool compile_icmp(struct compiling *c, const struct packet_node *node, struct packet_want *want);

/* ---- compile_packet.c ---- */

#define BIT(field) (1u << (field))

/* The field is compared, and is written there. */
void name_field(struct compiling *c, struct packet_want *want, enum packet_field field,
                struct range where);

/* FIRST:END and LENGTH, which have to fit each other; FIRST to *first. */
bool compile_span(struct compiling *c, const struct expr *sequence, const struct expr *length,
                  int64_t bytes, int64_t *first);

/* Is it made of flags' letters only? */
bool packet_flags_are(const char *word);

/* NULL after reporting what is wrong. */
struct packet_want *compile_packet(struct compiling *c, const struct packet_node *node);

/* ---- compile_outer.c ---- */

/* Headers around a packet, "ipv4 A > B: gre:", into want->segment.outer. */
bool compile_outer(struct compiling *c, const struct packet_node *node, struct packet_want *want);

/* ---- compile_call.c ---- */

struct call_want *compile_call(struct compiling *c, const struct call_node *node,
                               const struct syscall_row *row, const struct step *step);

/* ---- compile_process.c ---- */

/* Is it a word about processes (fork, run, exit, kill, wait)? */
bool process_find(const char *name, enum process_action *action);

struct process_want *compile_process(struct compiling *c, const struct call_node *node,
                                     enum process_action action);

/* The process of this name; false when there is none. */
bool process_by_name(const struct compiling *c, const char *name, unsigned *number);

/* ---- compile_observe.c ---- */

/* Is it a word of ours (state, counter ...)? */
bool observe_find(const char *name, enum observe_kind *kind);
const char *observe_at(size_t index);

struct observe_want *compile_observe(struct compiling *c, const struct call_node *node,
                                     enum observe_kind kind);

#endif
