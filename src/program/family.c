#include "program/family.h"

#include <sys/socket.h>

#include "program/syscalls.h"

enum { DESCRIPTORS = 1024 };

/* ---- sockets ---- */

/*
 * The family of a socket that socket(..., ) makes. An IPv4 address that is mapped belongs to IPv6
 * (RFC 4291, 2.5.5.2).
 */
static int64_t domain_of(enum ip_version version)
{
	return version == IP_V4 ? AF_INET : AF_INET6;
}

static const char *domain_name(int64_t domain)
{
	return domain == AF_INET ? "AF_INET" : "AF_INET6";
}

static bool succeeds(const struct call_want *call)
{
	return call->result.kind == VALUE_NUMBER && call->result.number >= 0;
}

static void note_socket(const struct call_want *call, int64_t domains[DESCRIPTORS])
{
	const struct value *domain = &call->arguments[0];
	int64_t fd = call->result.number;

	if (succeeds(call) && fd < DESCRIPTORS)
		domains[fd] = domain->kind == VALUE_NUMBER && (domain->number == AF_INET ||
		                                               domain->number == AF_INET6)
		                      ? domain->number
		                      : 0;
}

static bool check_address(const struct call_want *call, const int64_t domains[DESCRIPTORS],
                          enum ip_version version, struct diag *diag)
{
	int64_t fd = call->arguments[0].number, here = domain_of(version);

	if (fd < 0 || fd >= DESCRIPTORS || !domains[fd] || domains[fd] == here || !succeeds(call))
		return true;
	for (size_t i = 1; i < call->count; i++) {
		if (call->row->arguments[i] != ARG_ADDRESS_IN ||
		    call->arguments[i].kind != VALUE_ANY)
			continue;
		diag_error(diag, call->arguments[i].where,
		           "... is an address of %s in this test (%s), but the socket is of %s",
		           domain_name(here), ip_version_name(version), domain_name(domains[fd]));
		diag_hint(diag,
		          "socket(..., SOCK_STREAM, IPPROTO_TCP) has the family that is played; "
		          "--ip_version=%s plays the other",
		          domains[fd] == AF_INET ? "ipv4" : "ipv6");
		return false;
	}
	return true;
}

bool family_check_sockets(const struct program *program, struct diag *diag)
{
	int64_t domains[DESCRIPTORS] = { 0 };
	enum ip_version version = program->settings.ip_version;
	bool good = true;

	if (version == IP_UNSET)
		return true;
	for (size_t i = 0; i < program->count; i++) {
		const struct call_want *call = program->steps[i].call;

		/* A line with an error was reported before. */
		if (program->steps[i].kind != STEP_CALL || !call || call->process)
			continue;
		if (call->row->effect == EFFECT_SOCKET)
			note_socket(call, domains);
		else if (call->row->arguments[0] == ARG_FD && call->count)
			good &= check_address(call, domains, version, diag);
	}
	return good;
}

/* ---- the IP header ---- */

bool family_check_field(enum ip_version version, enum packet_field field, struct range where,
                        struct diag *diag)
{
	bool v6 = version == IP_V6;

	if (field == FIELD_FLOW_LABEL && !v6 && version != IP_UNSET) {
		diag_error(diag, where, "IPv4 has no flow label (RFC 791), and this test is %s",
		           ip_version_name(version));
		diag_hint(diag, "--ip_version=ipv6 above the first event plays the script in IPv6 "
		                "only");
		return false;
	}
	if (field == FIELD_IP_ID && v6) {
		diag_error(diag, where,
		           "IPv6 has no identification in its header (RFC 8200), and "
		           "this test is ipv6");
		diag_hint(diag, "--ip_version=ipv4 above the first event plays the script in IPv4 "
		                "only");
		return false;
	}
	return true;
}
