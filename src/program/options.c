#include "program/options.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/address.h"

/* What the value of an option is. The types of number follow from the type of the field in C. */
enum option_type {
	OPTION_FLAG,     /* it takes no value */
	OPTION_UNSIGNED, /* a whole number */
	OPTION_PORT,
	OPTION_USEC,
	OPTION_PERCENT, /* a number, with or without a fraction */
	OPTION_TEXT,
	OPTION_WORDS, /* not one field: .set knows what it means */
	OPTION_REFUSED,
	OPTION_REFUSED_VALUE,
};

struct option_row {
	const char *name;
	const char *help; /* NULL: it is not listed */
	enum option_type type;
	size_t offset;      /* of the field in struct settings */
	double least, most; /* of a number */
	const char *(*check)(
		const char *text, /* for a text: returns what is wrong with it, or NULL */
		struct arena *arena);
	const char *(*set)(const char *text, struct settings *settings, struct arena *arena);
	const char *refused; /* why tcpclose does not have it */
};

/* ---- texts ---- */

static const char *any_text(const char *text, struct arena *arena)
{
	(void)text;
	(void)arena;
	return NULL;
}

/* An address, with or without /prefix. */
static const char *is_address(const char *text, struct arena *arena)
{
	const char *slash = strchr(text, '/');
	struct ip_address address;

	if (slash)
		text = arena_strndup(arena, text, (size_t)(slash - text));
	return ip_address_parse(text, &address) ? NULL : "its value must be an IP address";
}

static const char *is_code_sockopt(const char *text, struct arena *arena)
{
	static const char *const names[] = { "", "TCP_INFO", "TCP_CC_INFO", "SO_MEMINFO" };

	(void)arena;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(text, names[i]))
			return NULL;
	return "its value must be TCP_INFO, TCP_CC_INFO or SO_MEMINFO";
}

/* ---- words ---- */

static const char *set_families(const char *value, struct settings *settings, struct arena *arena)
{
	unsigned *families = &settings->ip_versions;
	char *text = arena_strdup(arena, value), *rest = NULL;

	*families = 0;
	for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		unsigned before = *families;

		for (int version = IP_V4; version < IP_VERSIONS; version++)
			if (!strcmp(word, "all") || !strcmp(word, ip_version_name(version)))
				*families |= 1u << version;
		if (*families == before)
			return "its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all";
	}
	return *families ? NULL : "its value must be ipv4, ipv6, ipv4-mapped-ipv6 or all";
}

static const char *set_non_fatal(const char *value, struct settings *settings, struct arena *arena)
{
	char *text = arena_strdup(arena, value), *rest = NULL;

	for (char *word = strtok_r(text, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
		if (!strcmp(word, "packet"))
			settings->non_fatal_packet = true;
		else if (!strcmp(word, "syscall"))
			settings->non_fatal_syscall = true;
		else
			return "its value must be packet, syscall or both";
	}
	return NULL;
}

static const char *set_unexpected(const char *value, struct settings *settings, struct arena *arena)
{
	(void)arena;
	if (strcmp(value, "fail") && strcmp(value, "ignore"))
		return "its value must be fail or ignore";
	settings->unexpected_fails = !strcmp(value, "fail");
	return NULL;
}

/* The scanner keeps the definition. Here only its form is checked. */
static const char *set_define(const char *value, struct settings *settings, struct arena *arena)
{
	const char *equals = strchr(value, '=');

	(void)settings;
	(void)arena;
	return equals && equals != value ? NULL : "its value must be NAME=VALUE";
}

/* ---- the rows ---- */

/* A field whose type is that of no kind of value does not compile. */
/* clang-format off */
#define FIELD_OF(field, ...) .offset = offsetof(struct settings, field), \
	.type = _Generic(((struct settings *)NULL)->field, __VA_ARGS__)
#define FLAG(field) FIELD_OF(field, bool: OPTION_FLAG)
#define NUMBER(field, least_, most_) .least = least_, .most = most_, \
	FIELD_OF(field, unsigned: OPTION_UNSIGNED, uint16_t: OPTION_PORT, \
	         usec_t: OPTION_USEC, double: OPTION_PERCENT)
#define TEXT(field, is_right) .check = is_right, FIELD_OF(field, const char *: OPTION_TEXT)
#define WORDS(function) .type = OPTION_WORDS, .set = function
#define REFUSED(why) .type = OPTION_REFUSED, .refused = why
#define REFUSED_VALUE(why) .type = OPTION_REFUSED_VALUE, .refused = why
/* clang-format on */

#define NO_WIRE "not supported in a script: who plays it has two hosts, or has not"
#define NO_PSP "not supported: tcpclose does not do PSP encryption"
#define NO_LINK_LOCAL "not supported: the kernel gives the TUN device its own link-local address"
#define NO_DEVICE \
	"not supported: every test has a device in a namespace of its own, and both go with it"

static const struct option_row rows[] = {
	/* clang-format off */
	{ "ip_version", "=FAMILY  ipv4, ipv6, ipv4-mapped-ipv6, a list of them, or all",
	  WORDS(set_families) },
	{ "bind_port", "=N  the port that bind() gets (8080)", NUMBER(bind_port, 1, 65535) },
	{ "connect_port", "=N  the port that connect() gets (8080)",
	  NUMBER(connect_port, 1, 65535) },
	{ "local_ip", "=ADDRESS  of the kernel's side", TEXT(local_ip, is_address) },
	{ "remote_ip", "=ADDRESS[/BITS]  of the script's side", TEXT(remote_ip, is_address) },
	{ "gateway_ip", "=ADDRESS  on the way to it", TEXT(gateway_ip, is_address) },
	{ "netmask_ip", "=MASK  of the local network (IPv4)", TEXT(netmask_ip, is_address) },
	{ "mtu", "=N  of the device (1500)", NUMBER(mtu, 0, 65535) },
	{ "mss", "=N  GSO size of injected segments", NUMBER(mss, 1, 65535) },
	{ "speed", "=N  of the device, in Mbit/s", NUMBER(speed, 0, UINT32_MAX) },
	{ "tolerance_usecs", "=N  how far a time may differ, in microseconds (4000)",
	  NUMBER(tolerance, 1, UINT32_MAX) },
	{ "tolerance_percent", "=N  ... or in % of the time since the last event (12.5)",
	  NUMBER(tolerance_percent, 0, 100) },
	{ "tcp_ts_ecr_scaled", "  make up the echo of a TS value that was never sent",
	  FLAG(ts_ecr_scaled) },
	{ "tcp_ts_tick_usecs", "=N  microseconds in a tick of the TS value; 0: it is not compared",
	  NUMBER(ts_tick, 0, 1000000) },
	{ "strict_segments", "  one line is one packet, never several of them",
	  FLAG(strict_segments) },
	{ "non_fatal", "=KINDS  packet, syscall: a mismatch is a warning",
	  WORDS(set_non_fatal) },
	{ "unexpected", "=fail|ignore  a segment that no line expects (fail)",
	  WORDS(set_unexpected) },
	{ "real_peer", "  a TCP of this kernel at each end of a link; the script only watches",
	  FLAG(real_peer) },
	{ "await_tick", "  begin just after a tick of the kernel's", FLAG(await_tick) },
	{ "settle_usecs", "=N  how long to listen after the last line (2000)",
	  NUMBER(settle, 0, 60000000) },
	{ "is_anyip", "  do not give the local address to the device", FLAG(anyip) },
	{ "send_omit_free", "  keep the buffers of send calls (for MSG_ZEROCOPY)",
	  FLAG(send_omit_free) },
	{ "tcp_md5_secret", "=KEY  of the option md5 valid", TEXT(md5_secret, any_text) },
	{ "init_scripts", "=FILES  run before the init command", TEXT(init_scripts, any_text) },
	{ "code_command", "=PROGRAM  runs the code blocks (python3)",
	  TEXT(code_command, any_text) },
	{ "code_format", "=python  of the code blocks", TEXT(code_format, any_text) },
	{ "code_sockopt", "=OPTION  the only one that code blocks get to see the values of",
	  TEXT(code_sockopt, is_code_sockopt) },
	{ "define", "=NAME=VALUE  a word that stands for another", WORDS(set_define) },
	{ "dry_run", "  only check the scripts, and warn of what is hardly meant",
	  FLAG(dry_run) },
	{ "lint", "  the same, and a script with a warning is wrong", FLAG(lint) },
	{ "verbose", "  print every event as it happens", FLAG(verbose) },
	{ "debug", "  the same, under packetdrill's other name", FLAG(verbose) },

	{ "so_filename", "=FILE  a TCP in a shared object, to be tested in the place of the kernel",
	  TEXT(so_filename, any_text) },
	{ "so_flags", "=TEXT  what is said to it", TEXT(so_flags, any_text) },
	{ "stack", "=COMMAND  a TCP in a process of its own, likewise", TEXT(stack, any_text) },
	{ "drive_clock", "  let the clock of that TCP go on by itself: no time is waited for",
	  FLAG(drive_clock) },

	/* Options of packetdrill, and of nplab's, that a script cannot set, or nobody. */
	{ "wire_client", NULL, REFUSED(NO_WIRE) },
	{ "wire_server", NULL, REFUSED(NO_WIRE) },
	{ "wire_server_ip", NULL, REFUSED_VALUE(NO_WIRE) },
	{ "wire_server_at", NULL, REFUSED_VALUE(NO_WIRE) },
	{ "wire_server_port", NULL, REFUSED_VALUE(NO_WIRE) },
	{ "wire_client_dev", NULL, REFUSED_VALUE(NO_WIRE) },
	{ "wire_server_dev", NULL, REFUSED_VALUE(NO_WIRE) },
	{ "psp_udp_port", NULL, REFUSED_VALUE(NO_PSP) },
	{ "udp_encapsulation", NULL, REFUSED_VALUE("not supported: Linux has no TCP over UDP") },
	{ "local_linklocal_ip", NULL, REFUSED_VALUE(NO_LINK_LOCAL) },
	{ "gateway_linklocal_ip", NULL, REFUSED_VALUE(NO_LINK_LOCAL) },
	{ "tun_dev", NULL, REFUSED_VALUE(NO_DEVICE) },
	{ "persistent_tun_dev", NULL, REFUSED(NO_DEVICE) },
	{ "no_cleanup", NULL, REFUSED(NO_DEVICE) },
	/* clang-format on */
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

static bool same_name(const char *a, const char *b)
{
	while (*a && (*a == *b || (*a == '_' && *b == '-')))
		a++, b++;
	return !*a && !*b;
}

const struct option_row *option_at(size_t index)
{
	return index < ROWS ? &rows[index] : NULL;
}

const struct option_row *option_find(const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (same_name(rows[i].name, name))
			return &rows[i];
	return NULL;
}

const char *option_name(const struct option_row *row)
{
	return row->name;
}

const char *option_help(const struct option_row *row)
{
	return row->help;
}

bool option_has_value(const struct option_row *row)
{
	return row->type != OPTION_FLAG && row->type != OPTION_REFUSED;
}

/* ---- setting one ---- */

static const char *set_number(const struct option_row *row, const char *value,
                              struct settings *settings, struct arena *arena)
{
	void *field = (char *)settings + row->offset;
	char *end;

	errno = 0;
	double number = strtod(value, &end);
	if (end == value || *end || errno)
		return "its value must be a number";
	if (!(number >= row->least && number <= row->most))
		return arena_printf(arena, "the number is out of range (%.10g to %.10g)",
		                    row->least, row->most);
	if (row->type != OPTION_PERCENT && number != (double)(int64_t)number)
		return "its value must be a whole number";
	if (row->type == OPTION_UNSIGNED)
		*(unsigned *)field = (unsigned)number;
	else if (row->type == OPTION_PORT)
		*(uint16_t *)field = (uint16_t)number;
	else if (row->type == OPTION_USEC)
		*(usec_t *)field = (usec_t)number;
	else
		*(double *)field = number;
	return NULL;
}

static const char *set_text(const struct option_row *row, const char *value,
                            struct settings *settings, struct arena *arena)
{
	const char *why = row->check(value, arena);

	if (!why)
		*(const char **)(void *)((char *)settings + row->offset) =
			arena_strdup(arena, value);
	return why;
}

const char *option_set(const struct option_row *row, const char *value, struct settings *settings,
                       struct arena *arena)
{
	if (row->refused)
		return row->refused;
	if (!option_has_value(row) && value)
		return "it takes no value";
	if (option_has_value(row) && !value)
		return "it needs a value";
	switch (row->type) {
	case OPTION_FLAG:
		*(bool *)((char *)settings + row->offset) = true;
		return NULL;
	case OPTION_TEXT:
		return set_text(row, value, settings, arena);
	case OPTION_WORDS:
		return row->set(value, settings, arena);
	case OPTION_UNSIGNED:
	case OPTION_PORT:
	case OPTION_USEC:
	case OPTION_PERCENT:
		return set_number(row, value, settings, arena);
	case OPTION_REFUSED:
	case OPTION_REFUSED_VALUE:
		break;
	}
	return row->refused;
}
