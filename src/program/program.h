/*
 * The program: the script, with every name, number and range looked up and checked. compile, run,
 * verdict and report have it in common. It is made once and never changed, and is in one arena.
 */
#ifndef TCPCLOSE_PROGRAM_PROGRAM_H
#define TCPCLOSE_PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/usec.h"
#include "program/settings.h"
#include "wire/segment.h"
#include "wire/tcp_options.h"
#include "wire/tcp_state.h"

/* ---- time ---- */

enum time_kind {
	TIME_RELATIVE,       /* +at         after the previous event */
	TIME_ABSOLUTE,       /* at          after the start */
	TIME_ANY,            /* *           at any time (outbound only) */
	TIME_RELATIVE_RANGE, /* +at~+until  (outbound only) */
	TIME_ABSOLUTE_RANGE, /* at~until    (outbound only) */
};

/* ---- packets ---- */

/* The fields of a packet that a script can name. Each has a bit in .check and .written. */
enum packet_field {
	FIELD_TOS,
	FIELD_DSCP,
	FIELD_ECN,
	FIELD_ECT01,
	FIELD_TTL,
	FIELD_FLOW_LABEL,
	FIELD_IP_ID,
	FIELD_PORTS,
	FIELD_FLAGS,
	FIELD_ACE,
	FIELD_SEQUENCE,
	FIELD_LENGTH,
	FIELD_ACKNOWLEDGMENT,
	FIELD_WINDOW,
	FIELD_URGENT,
	FIELD_OPTIONS,
	FIELD_UDP_LENGTH,
	FIELD_ICMP_TYPE,
	FIELD_ICMP_CODE,
	FIELD_ICMP_REST,
	FIELD_ICMP_QUOTE,
	FIELD_PAYLOAD,
	FIELD_PROTOCOL,
	FIELD_ENCAPSULATION,
	PACKET_FIELDS
};

/* A packet as the script wrote it, which is injected, or which the kernel shall send. */
struct packet_want {
	/*
	 * Script numbers: sequence numbers are relative, ports are 0 unless they are written, and
	 * there are no addresses.
	 */
	struct segment segment;
	const struct tcp_option_bytes *options; /* with their wildcards; NULL: none */
	/* The places of the fields that are written, for packet_where(). */
	const struct range *where;
	/* Sets of 1 << enum packet_field: fields to compare; fields that are written. */
	uint32_t check, written;
	bool has_ports;         /* "1234 > 80" was written */
	bool absolute_sequence; /* "1:1(0)!": the number on the wire, not counted from the ISN */
	bool sequence_follows;  /* "*(0)", injected: continues where what was injected ends */
	bool acknowledges_all;  /* "ack *", injected: acknowledges everything that has come */
	bool until_end;         /* "1:1(...)": all data up to the FIN, or until the time is over */
	/* "ecr 7!": the value on the wire, not one that the script numbers itself. */
	bool absolute_echo;
	bool md5_valid; /* "md5 valid": the digest is computed with --tcp_md5_secret */
	uint8_t ace;    /* with FIELD_ACE: AE, CWR and ECE as one number */
	bool optional;  /* "maybe": it may come or not */
	bool from_peer; /* "<" with a real peer: the peer shall send it */
	const struct packet_want *alternative; /* "or" this one; NULL: there is none */
};

/* The place of a field; {0,0} when it was not written. */
static inline struct range packet_where(const struct packet_want *want, enum packet_field field)
{
	uint32_t bit = (uint32_t)1 << field;

	return want->written & bit ? want->where[__builtin_popcount(want->written & (bit - 1))]
	                           : (struct range){ 0, 0 };
}

/* ---- values: arguments, results and what is compared with memory ---- */

enum value_kind {
	VALUE_ANY, /* ... */
	VALUE_NUMBER,
	VALUE_BYTES,  /* a string, an address */
	VALUE_LIST,   /* [ ... ] */
	VALUE_RECORD, /* { name=value, ... } */
};

enum field_type { FIELD_SIGNED, FIELD_UNSIGNED, FIELD_DESCRIPTOR, FIELD_NETWORK, FIELD_BYTES };

/* A C structure that a script can write. Each has a row in program/records.c. */
struct record_field {
	const char *name;
	uint16_t offset, size;
	enum field_type type;
	/* Of a bit field within the bytes; bits is 0 when it is the whole field. */
	uint8_t shift, bits;
};

struct record_layout {
	const char *name;
	size_t size;
	const struct record_field *fields;
	size_t count;
	const char *prefix; /* of the field names in C, which are accepted, too; or NULL */
};

struct value {
	enum value_kind kind : 8;
	bool prefix : 1; /* BYTES: only the beginning is compared ("abc"...) */
	/* BYTES of a socket's address: the right address, and the right port, of who is meant. */
	bool right_address : 1, right_port : 1;
	struct range where;
	uint32_t length; /* BYTES */
	uint32_t count;  /* LIST, RECORD */
	int64_t number;
	const char *bytes;                  /* BYTES */
	struct value *items;                /* LIST, RECORD */
	const struct record_layout *layout; /* RECORD */
	const struct record_field *field;   /* of an item of a RECORD */
	const char *name;                   /* the word that was written, for messages; or NULL */
};

/* ---- calls ---- */

enum { SCRIPT_DESCRIPTORS = 1024 }; /* the descriptors of a script are below this */

struct syscall_row; /* program/syscalls.h */

struct call_want {
	const struct syscall_row *row;
	struct value *arguments; /* as many as the row has */
	uint32_t count;          /* how many were written */
	bool blocking;           /* "...": it is made by a thread of its own */
	unsigned process;        /* 0: the test's own process; otherwise the number of a twin */
	usec_t end;              /* when it must return; counted like the time of the step */
	struct range end_where;
	/* NUMBER or ANY; for a new descriptor, the number that the script gives it. */
	struct value result;
	int error; /* an errno value; 0: none is named */
	struct range error_where;
};

/* ---- observations ---- */

enum observe_kind { OBSERVE_STATE, OBSERVE_COUNTER, OBSERVE_SIGNAL, OBSERVE_SILENCE };

enum observe_subject { SUBJECT_CURRENT, SUBJECT_DESCRIPTOR, SUBJECT_PORTS };

/* A number that is compared. For a single one, first == last. */
struct number_range {
	bool wanted;
	int64_t first, last;
	struct range where;
};

struct observe_want {
	enum observe_kind kind;
	bool at_peer; /* "peer:": at the other end of the link */
	/* state */
	enum observe_subject subject;
	int descriptor;
	uint16_t local_port, remote_port;
	enum tcp_state state; /* 0: any */
	struct range state_where;
	bool has_timer;
	enum tcp_timer timer;
	struct range timer_where;
	struct number_range expires; /* microseconds */
	struct number_range retransmits, receive_queue, send_queue;
	/* counter, signal */
	const char *name;
	struct range name_where;
	int signal; /* a signal_kind() */
	struct number_range number;
};

/* ---- processes ---- */

enum { PROCESSES = 16 }; /* of one test; its own process is one of them */

enum process_action {
	PROCESS_FORK, /* fork() = NAME: a twin of the test's process */
	PROCESS_RUN,  /* run("command") = NAME: a program */
	PROCESS_EXIT, /* NAME: exit(N) */
	PROCESS_EXEC, /* NAME: exec("command"): the twin becomes a program */
	PROCESS_KILL, /* kill(NAME, SIGNAL) = 0 */
	PROCESS_WAIT, /* wait(NAME) = N: it has ended with this status */
	PROCESS_ACTIONS
};

struct process_want {
	enum process_action action;
	unsigned process;           /* its number, from 1 */
	bool at_peer;               /* fork, run: at the other end of the link */
	const char *text;           /* the command */
	int number;                 /* exit status; signal */
	struct number_range status; /* wait: N, or 128 and the signal that killed it */
};

/* ---- the link ---- */

enum link_action { LINK_UP, LINK_DOWN, LINK_LOSES, LINK_DELAYS };

enum { LINK_ALL = -1 };

struct link_want {
	enum link_action action;
	bool at_peer; /* of the other end's device; what the other end sends */
	int count;    /* loses: the next so many, or LINK_ALL */
	usec_t delay;
};

/* ---- steps ---- */

enum step_kind {
	STEP_INJECT,
	STEP_EXPECT,
	STEP_CALL,
	STEP_COMMAND,
	STEP_CODE,
	STEP_OBSERVE,
	STEP_PROCESS,
	STEP_LINK,
	STEP_KINDS
};

struct step {
	enum step_kind kind;
	struct range where; /* the whole event */
	struct range time_where;
	enum time_kind time;
	usec_t at, until;       /* `until` only for ranges */
	unsigned expects_after; /* number of STEP_EXPECT steps that follow this one */
	union {
		const struct packet_want *packet;
		const struct call_want *call;
		const struct observe_want *observe;
		const struct process_want *process;
		const struct link_want *link;
		const char *text; /* a command, a code block */
	};
};

struct program {
	const char *path; /* of the script */
	struct settings settings;
	const char *init_command, *cleanup_command; /* or NULL */
	struct range init_where, cleanup_where;
	struct step *steps;
	size_t count;
	bool has_code;
	bool has_commands;
	bool has_processes;
	bool payload_open; /* programs or calls send bytes of their own, which are not compared */
	const struct setting *sysctls;
	const struct directive *directives; /* covers, rfc, tag ...: for the suite */
};

/* The text behind a directive: "covers D3-09 D1-07". */
struct directive {
	const char *name, *text;
	struct range where;
	const struct directive *next;
};

#endif
