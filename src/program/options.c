#include "program/options.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/address.h"

struct option_row {
	const char *name;
	const char *help;
	/* NULL: the option takes no value. Otherwise what is wrong with it, or NULL. */
	const char *(*parse)(const char *value, void *field, struct arena *arena, double least,
	                     double most);
	size_t offset;
	double least, most;
	const char *refused; /* why this tool has no such thing; NULL: it has */
};

/* ---- kinds of values ---- */

static const char *parse_number(const char *value, struct arena *arena, double least, double most,
                                double *number)
{
	char *end;

	errno = 0;
	*number = strtod(value, &end);
	if (end == value || *end || errno)
		return "it wants a number";
	if (!(*number >= least && *number <= most))
		return arena_printf(arena, "the number is out of range (%.10g to %.10g)", least,
		                    most);
	return NULL;
}

static const char *parse_unsigned(const char *value, void *field, struct arena *arena, double least,
                                  double most)
{
	double number = 0;
	const char *why = parse_number(value, arena, least, most, &number);

	if (!why && number != (double)(unsigned)number)
		why = "it wants a whole number";
	if (!why)
		*(unsigned *)field = (unsigned)number;
	return why;
}

static const char *parse_port(const char *value, void *field, struct arena *arena, double least,
                              double most)
{
	unsigned port = 0;
	const char *why = parse_unsigned(value, &port, arena, least, most);

	if (!why)
		*(uint16_t *)field = (uint16_t)port;
	return why;
}

static const char *parse_usec(const char *value, void *field, struct arena *arena, double least,
                              double most)
{
	unsigned usec = 0;
	const char *why = parse_unsigned(value, &usec, arena, least, most);

	if (!why)
		*(usec_t *)field = usec;
	return why;
}

static const char *parse_percent(const char *value, void *field, struct arena *arena, double least,
                                 double most)
{
	return parse_number(value, arena, least, most, field);
}

static const char *parse_text(const char *value, void *field, struct arena *arena, double least,
                              double most)
{
	(void)least, (void)most;
	*(const char **)field = arena_strdup(arena, value);
	return NULL;
}

/* An address, with or without /prefix. */
static const char *parse_address(const char *value, void *field, struct arena *arena, double least,
                                 double most)
{
	char *text = arena_strdup(arena, value);
	char *slash = strchr(text, '/');
	struct ip_address address;

	if (slash)
		*slash = '\0';
	if (!ip_address_parse(text, &address))
		return "it wants an IP address";
	return parse_text(value, field, arena, least, most);
}

static const char *parse_families(const char *value, void *field, struct arena *arena, double least,
                                  double most)
{
	(void)least, (void)most;
	unsigned *families = field;
	char *text = arena_strdup(arena, value), *rest = NULL;
	*families = 0;
	for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		unsigned before = *families;

		for (int version = IP_V4; version < IP_VERSIONS; version++)
			if (!strcmp(word, "all") || !strcmp(word, ip_version_name(version)))
				*families |= 1u << version;
		if (*families == before)
			return "it wants ipv4, ipv6, ipv4-mapped-ipv6 or all";
	}
	return *families ? NULL : "it wants ipv4, ipv6, ipv4-mapped-ipv6 or all";
}

static const char *parse_non_fatal(const char *value, void *field, struct arena *arena,
                                   double least, double most)
{
	(void)least, (void)most;
	bool *packet = field, *syscall = packet + 1;
	char *text = arena_strdup(arena, value), *rest = NULL;
	for (char *word = strtok_r(text, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
		if (!strcmp(word, "packet"))
			*packet = true;
		else if (!strcmp(word, "syscall"))
			*syscall = true;
		else
			return "it wants packet, syscall or both";
	}
	return NULL;
}
static_assert(offsetof(struct settings, non_fatal_syscall) ==
                      offsetof(struct settings, non_fatal_packet) + sizeof(bool),
              "parse_non_fatal() sets both");

static const char *parse_unexpected(const char *value, void *field, struct arena *arena,
                                    double least, double most)
{
	(void)arena, (void)least, (void)most;
	if (strcmp(value, "fail") && strcmp(value, "ignore"))
		return "it wants fail or ignore";
	*(bool *)field = !strcmp(value, "fail");
	return NULL;
}

static const char *parse_code_sockopt(const char *value, void *field, struct arena *arena,
                                      double least, double most)
{
	static const char *const names[] = { "", "TCP_INFO", "TCP_CC_INFO", "SO_MEMINFO" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(value, names[i]))
			return parse_text(value, field, arena, least, most);
	return "it wants TCP_INFO, TCP_CC_INFO or SO_MEMINFO";
}

static const char *parse_define(const char *value, void *field, struct arena *arena, double least,
                                double most)
{
	(void)field, (void)arena, (void)least, (void)most;
	const char *equals = strchr(value, '=');
	return equals && equals != value ? NULL : "it wants NAME=VALUE";
}

/* ---- the rows ---- */

#define AT(field) .offset = offsetof(struct settings, field)

#define NO_WIRE                                                                                    \
	"not supported: the kernel under test is the one that runs this program, and its packets " \
	"come by a TUN device, not by a wire between two machines"
#define NO_SHARED_OBJECT \
	"not supported: sockets are the kernel's here; a TCP in a shared object cannot be tested"
#define NO_PSP "not supported: PSP's encryption is not done here"
#define NO_LINK_LOCAL "not supported: the kernel gives the TUN device its own link-local address"
#define NO_DEVICE \
	"not supported: every test has a device in a namespace of its own, and both go with it"

static const struct option_row rows[] = {
	/* clang-format off */
	{ "ip_version", "=FAMILY  ipv4, ipv6, ipv4-mapped-ipv6, a list of them, or all",
	  parse_families, AT(ip_versions), 0, 0 },
	{ "bind_port", "=N  the port that bind() gets (8080)", parse_port, AT(bind_port), 1, 65535 },
	{ "connect_port", "=N  the port that connect() gets (8080)",
	  parse_port, AT(connect_port), 1, 65535 },
	{ "local_ip", "=ADDRESS  of the kernel's side", parse_address, AT(local_ip), 0, 0 },
	{ "remote_ip", "=ADDRESS[/BITS]  of the script's side", parse_address, AT(remote_ip), 0, 0 },
	{ "gateway_ip", "=ADDRESS  on the way to it", parse_address, AT(gateway_ip), 0, 0 },
	{ "netmask_ip", "=MASK  of the local network (IPv4)", parse_address, AT(netmask_ip), 0, 0 },
	{ "mtu", "=N  of the device (1500)", parse_unsigned, AT(mtu), 0, 65535 },
	{ "mss", "=N  GSO size of injected segments", parse_unsigned, AT(mss), 1, 65535 },
	{ "speed", "=N  of the device, in Mbit/s", parse_unsigned, AT(speed), 0, UINT32_MAX },
	{ "tolerance_usecs", "=N  how far a time may be off (4000)",
	  parse_usec, AT(tolerance), 1, UINT32_MAX },
	{ "tolerance_percent", "=N  ... or in % of the time since the last event (12.5)",
	  parse_percent, AT(tolerance_percent), 0, 100 },
	{ "tcp_ts_ecr_scaled", "  make up the echo of a TS value that was never sent",
	  NULL, AT(ts_ecr_scaled), 0, 0 },
	{ "tcp_ts_tick_usecs", "=N  microseconds a tick of the TS value; 0: not compared",
	  parse_unsigned, AT(ts_tick), 0, 1000000 },
	{ "strict_segments", "  one line is one packet, never several of them",
	  NULL, AT(strict_segments), 0, 0 },
	{ "non_fatal", "=KINDS  packet, syscall: a mismatch is a warning",
	  parse_non_fatal, AT(non_fatal_packet), 0, 0 },
	{ "unexpected", "=fail|ignore  a segment that no line expects (fail)",
	  parse_unexpected, AT(unexpected_fails), 0, 0 },
	{ "await_tick", "  begin just after a tick of the kernel's", NULL, AT(await_tick), 0, 0 },
	{ "settle_usecs", "=N  how long to listen after the last line (2000)",
	  parse_usec, AT(settle), 0, 60000000 },
	{ "is_anyip", "  do not give the local address to the device", NULL, AT(anyip), 0, 0 },
	{ "send_omit_free", "  keep the buffers of send calls (for MSG_ZEROCOPY)",
	  NULL, AT(send_omit_free), 0, 0 },
	{ "tcp_md5_secret", "=KEY  of the option md5 valid", parse_text, AT(md5_secret), 0, 0 },
	{ "init_scripts", "=FILES  run before the init command", parse_text, AT(init_scripts), 0, 0 },
	{ "code_command", "=PROGRAM  runs the code blocks (python3)",
	  parse_text, AT(code_command), 0, 0 },
	{ "code_format", "=python  of the code blocks", parse_text, AT(code_format), 0, 0 },
	{ "code_sockopt", "=OPTION  the only one that code blocks get to see the values of",
	  parse_code_sockopt, AT(code_sockopt), 0, 0 },
	{ "define", "=NAME=VALUE  a word that stands for another", parse_define, .offset = 0 },
	{ "dry_run", "  only check the scripts, and warn of what is hardly meant",
	  NULL, AT(dry_run), 0, 0 },
	{ "lint", "  the same, and a script with a warning is wrong", NULL, AT(lint), 0, 0 },
	{ "verbose", "  print every event as it happens", NULL, AT(verbose), 0, 0 },
	{ "debug", "  the same, under packetdrill's other name", NULL, AT(verbose), 0, 0 },

	/* packetdrill's and nplab's, for what is not done here. */
	{ "wire_client", .refused = NO_WIRE },
	{ "wire_server", .refused = NO_WIRE },
	{ "wire_server_ip", NULL, parse_text, .refused = NO_WIRE },
	{ "wire_server_at", NULL, parse_text, .refused = NO_WIRE },
	{ "wire_server_port", NULL, parse_text, .refused = NO_WIRE },
	{ "wire_client_dev", NULL, parse_text, .refused = NO_WIRE },
	{ "wire_server_dev", NULL, parse_text, .refused = NO_WIRE },
	{ "so_filename", NULL, parse_text, .refused = NO_SHARED_OBJECT },
	{ "so_flags", NULL, parse_text, .refused = NO_SHARED_OBJECT },
	{ "psp_udp_port", NULL, parse_text, .refused = NO_PSP },
	{ "udp_encapsulation", NULL, parse_text, .refused =
	  "not supported: Linux has no TCP over UDP" },
	{ "local_linklocal_ip", NULL, parse_text, .refused = NO_LINK_LOCAL },
	{ "gateway_linklocal_ip", NULL, parse_text, .refused = NO_LINK_LOCAL },
	{ "tun_dev", NULL, parse_text, .refused = NO_DEVICE },
	{ "persistent_tun_dev", .refused = NO_DEVICE },
	{ "no_cleanup", .refused = NO_DEVICE },
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
	return row->parse != NULL;
}

const char *option_set(const struct option_row *row, const char *value, struct settings *settings,
                       struct arena *arena)
{
	void *field = (char *)settings + row->offset;
	if (row->refused)
		return row->refused;
	if (!row->parse) {
		if (value)
			return "it takes no value";
		*(bool *)field = true;
		return NULL;
	}
	if (!value)
		return "it wants a value";
	return row->parse(value, field, arena, row->least, row->most);
}
