/* How a script is played: the options of the command line, and those of the script's own lines. */
#ifndef TCPCLOSE_PROGRAM_SETTINGS_H
#define TCPCLOSE_PROGRAM_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/usec.h"

enum ip_version { IP_UNSET, IP_V4, IP_V6, IP_V4_MAPPED, IP_VERSIONS };

struct settings {
	enum ip_version ip_version; /* the family to play; IP_UNSET until the suite has chosen */
	/* A set of 1 << enum ip_version: the families that were asked for; 0: none. */
	unsigned ip_versions;
	uint16_t bind_port, connect_port;
	const char *local_ip, *remote_ip, *gateway_ip, *netmask_ip; /* NULL: the default */
	unsigned mtu, mss, speed;
	usec_t tolerance;         /* in microseconds */
	double tolerance_percent; /* of the time since the previous event */
	bool strict_segments;     /* a line is a packet: packets are not taken together */
	/*
	 * When a line is several packets, only the last must be in time, and the first may be
	 * empty.
	 */
	bool loose_segments;
	bool ts_ecr_scaled;
	unsigned ts_tick;  /* microseconds in a tick of the TS value; 0: it is not compared */
	bool ts_ecr_check; /* compare an ecr that is written (packetdrill does not) */
	bool non_fatal_packet, non_fatal_syscall;
	bool anyip, send_omit_free;
	bool unexpected_fails; /* a segment that no line expects is a failure */
	bool real_peer;        /* the peer is a TCP, too; the script only watches */
	bool await_tick;       /* time 0 is just after a tick of the kernel's timer */
	usec_t settle;         /* microseconds to listen after the last line */
	/* Files, separated by commas, that are run before the init command. */
	const char *init_scripts;
	const char *md5_secret; /* the key of "md5 valid"; NULL: there is none */
	const char *code_command, *code_format, *code_sockopt;
	const char *so_filename, *so_flags; /* a stack in a shared object; NULL: the kernel */
	const char *stack;                  /* a command that is a stack; NULL likewise */
	bool drive_clock;                   /* the stack's clock is ours, and nobody waits */
	bool commands_allowed;              /* shell commands and code blocks may be run */
	bool verbose;                       /* every event is printed as it happens */
	bool dry_run;                       /* only check the script */
	bool bless; /* the run goes on behind what is not as the script says */
	bool lint;  /* the same, and a warning is an error */
	bool hasty; /* nobody asks how late something came: it is not waited for long */
};

/* Is what is tested a TCP stack other than the running kernel's? */
static inline bool settings_have_stack(const struct settings *settings)
{
	return settings->so_filename || settings->stack;
}

/* Sets the defaults. With `packetdrill`, those that are different under packetdrill's name. */
void settings_init(struct settings *settings, bool packetdrill);

/* "ipv4", "ipv6", "ipv4-mapped-ipv6" */
const char *ip_version_name(enum ip_version version);

#endif
