#include "wire/icmp.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdlib.h>
#include <string.h>

struct name_row {
	uint8_t number;
	const char *name; /* when a number has two names, the first one is printed */
};

static const struct name_row v4_types[] = {
	/* clang-format off */
	{ ICMP_ECHOREPLY, "echo_reply" },
	{ ICMP_UNREACH, "unreachable" },
	{ ICMP_SOURCEQUENCH, "source_quench" },
	{ ICMP_REDIRECT, "redirect" },
	{ ICMP_ECHO, "echo_request" },
	{ ICMP_TIMXCEED, "time_exceeded" },
	{ ICMP_PARAMPROB, "parameter_problem" },
	{ ICMP_TSTAMP, "timestamp_request" },
	{ ICMP_TSTAMPREPLY, "timestamp_reply" },
	{ ICMP_IREQ, "information_request" },
	{ ICMP_IREQREPLY, "information_reply" },
	{ ICMP_MASKREQ, "address_mask_request" },
	{ ICMP_MASKREPLY, "address_mask_reply" },
	{ 0, NULL }
	/* clang-format on */
};

static const struct name_row v4_unreachable[] = {
	{ ICMP_UNREACH_NET, "net_unreachable" },
	{ ICMP_UNREACH_HOST, "host_unreachable" },
	{ ICMP_UNREACH_PROTOCOL, "protocol_unreachable" },
	{ ICMP_UNREACH_PORT, "port_unreachable" },
	{ ICMP_UNREACH_NEEDFRAG, "frag_needed" },
	{ ICMP_UNREACH_SRCFAIL, "source_route_failed" },
	{ ICMP_UNREACH_NET_UNKNOWN, "net_unknown" },
	{ ICMP_UNREACH_HOST_UNKNOWN, "host_unknown" },
	{ ICMP_UNREACH_ISOLATED, "source_host_isolated" },
	{ ICMP_UNREACH_NET_PROHIB, "net_prohibited" },
	{ ICMP_UNREACH_HOST_PROHIB, "host_prohibited" },
	{ ICMP_UNREACH_TOSNET, "net_unreachable_for_tos" },
	{ ICMP_UNREACH_TOSHOST, "host_unreachable_for_tos" },
	{ ICMP_UNREACH_FILTER_PROHIB, "packet_filtered" },
	{ ICMP_UNREACH_HOST_PRECEDENCE, "precedence_violation" },
	{ ICMP_UNREACH_PRECEDENCE_CUTOFF, "precedence_cutoff" },
	{ 0, NULL }
};

static const struct name_row v4_time_exceeded[] = {
	/* clang-format off */
	{ ICMP_TIMXCEED_INTRANS, "exceeded_ttl" },
	{ ICMP_TIMXCEED_INTRANS, "ttl_exceeded_in_transit" },
	{ ICMP_TIMXCEED_REASS, "exceeded_frag_time" },
	{ ICMP_TIMXCEED_REASS, "frag_reass_exceeded" },
	{ 0, NULL }
	/* clang-format on */
};

static const struct name_row v6_types[] = {
	/* clang-format off */
	{ ICMP6_DST_UNREACH, "unreachable" },
	{ ICMP6_PACKET_TOO_BIG, "packet_too_big" },
	{ ICMP6_TIME_EXCEEDED, "time_exceeded" },
	{ ICMP6_PARAM_PROB, "parameter_problem" },
	{ ICMP6_ECHO_REQUEST, "echo_request" },
	{ ICMP6_ECHO_REPLY, "echo_reply" },
	{ 0, NULL }
	/* clang-format on */
};

static const struct name_row v6_unreachable[] = {
	/* clang-format off */
	{ ICMP6_DST_UNREACH_NOROUTE, "no_route" },
	{ ICMP6_DST_UNREACH_NOROUTE, "net_unreachable" },
	{ ICMP6_DST_UNREACH_ADMIN, "admin_prohibited" },
	{ ICMP6_DST_UNREACH_BEYONDSCOPE, "not_neighbour" },
	{ ICMP6_DST_UNREACH_ADDR, "address_unreachable" },
	{ ICMP6_DST_UNREACH_NOPORT, "port_unreachable" },
	{ 5, "policy_fail" },
	{ 6, "reject_route" },
	{ 0, NULL }
	/* clang-format on */
};

static const struct name_row v6_time_exceeded[] = {
	{ ICMP6_TIME_EXCEED_TRANSIT, "exceeded_hop_limit" },
	{ ICMP6_TIME_EXCEED_REASSEMBLY, "exceeded_frag_time" },
	{ 0, NULL }
};

static const struct name_row v6_parameter_problem[] = {
	{ ICMP6_PARAMPROB_HEADER, "header_field" },
	{ ICMP6_PARAMPROB_NEXTHEADER, "unknown_next_header" },
	{ ICMP6_PARAMPROB_OPTION, "unknown_option" },
	{ 0, NULL }
};

static const struct name_row nothing[] = { { 0, NULL } };

static const struct {
	uint8_t protocol, type;
	const struct name_row *codes;
} code_tables[] = {
	{ IPPROTO_ICMP, ICMP_UNREACH, v4_unreachable },
	{ IPPROTO_ICMP, ICMP_TIMXCEED, v4_time_exceeded },
	{ IPPROTO_ICMPV6, ICMP6_DST_UNREACH, v6_unreachable },
	{ IPPROTO_ICMPV6, ICMP6_TIME_EXCEEDED, v6_time_exceeded },
	{ IPPROTO_ICMPV6, ICMP6_PARAM_PROB, v6_parameter_problem },
};

/*
 * The name that says the same in the other protocol, as RFC 7915 translates it (sections 4.2 and
 * 5.2). Names that both protocols have are not here.
 */
static const struct {
	uint8_t protocol;
	const char *name, *counterpart;
} counterparts[] = {
	{ IPPROTO_ICMP, "host_unreachable", "unreachable address_unreachable" },
	{ IPPROTO_ICMP, "host_unknown", "unreachable address_unreachable" },
	{ IPPROTO_ICMP, "net_unknown", "unreachable net_unreachable" },
	{ IPPROTO_ICMP, "protocol_unreachable", "parameter_problem unknown_next_header" },
	{ IPPROTO_ICMP, "frag_needed", "packet_too_big" },
	{ IPPROTO_ICMP, "net_prohibited", "unreachable admin_prohibited" },
	{ IPPROTO_ICMP, "host_prohibited", "unreachable admin_prohibited" },
	{ IPPROTO_ICMP, "packet_filtered", "unreachable admin_prohibited" },
	{ IPPROTO_ICMP, "exceeded_ttl", "time_exceeded exceeded_hop_limit" },
	{ IPPROTO_ICMP, "ttl_exceeded_in_transit", "time_exceeded exceeded_hop_limit" },
	{ IPPROTO_ICMP, "frag_reass_exceeded", "time_exceeded exceeded_frag_time" },
	{ IPPROTO_ICMPV6, "no_route", "unreachable net_unreachable" },
	{ IPPROTO_ICMPV6, "address_unreachable", "unreachable host_unreachable" },
	{ IPPROTO_ICMPV6, "admin_prohibited", "unreachable host_prohibited" },
	{ IPPROTO_ICMPV6, "not_neighbour", "unreachable host_unreachable" },
	{ IPPROTO_ICMPV6, "packet_too_big", "unreachable frag_needed" },
	{ IPPROTO_ICMPV6, "unknown_next_header", "unreachable protocol_unreachable" },
	{ IPPROTO_ICMPV6, "exceeded_hop_limit", "time_exceeded exceeded_ttl" },
};

const char *icmp_counterpart(uint8_t protocol, const char *name)
{
	for (size_t i = 0; i < sizeof(counterparts) / sizeof(*counterparts); i++)
		if (counterparts[i].protocol != protocol && !strcmp(counterparts[i].name, name))
			return counterparts[i].counterpart;
	return NULL;
}

static const struct name_row *types_of(uint8_t protocol)
{
	return protocol == IPPROTO_ICMPV6 ? v6_types : v4_types;
}

static const struct name_row *codes_of(uint8_t protocol, uint8_t type)
{
	for (size_t i = 0; i < sizeof(code_tables) / sizeof(code_tables[0]); i++)
		if (code_tables[i].protocol == protocol && code_tables[i].type == type)
			return code_tables[i].codes;
	return nothing;
}

static const char *name_of(const struct name_row *rows, uint8_t number)
{
	for (; rows->name; rows++)
		if (rows->number == number)
			return rows->name;
	return NULL;
}

static const char *nth_name(const struct name_row *rows, size_t index)
{
	while (index > 0 && rows->name)
		index--, rows++;
	return rows->name;
}

static bool parse(const struct name_row *rows, const char *prefix, const char *name,
                  uint8_t *number)
{
	const char *digits = name + strlen(prefix);

	for (; rows->name; rows++) {
		if (!strcmp(rows->name, name)) {
			*number = rows->number;
			return true;
		}
	}
	if (strncmp(name, prefix, strlen(prefix)) || strlen(digits) < 1 || strlen(digits) > 3 ||
	    strspn(digits, "0123456789") != strlen(digits) || atoi(digits) > UINT8_MAX)
		return false;
	*number = (uint8_t)atoi(digits);
	return true;
}

const char *icmp_type_name(uint8_t protocol, uint8_t type)
{
	return name_of(types_of(protocol), type);
}

const char *icmp_code_name(uint8_t protocol, uint8_t type, uint8_t code)
{
	return name_of(codes_of(protocol, type), code);
}

bool icmp_type_parse(uint8_t protocol, const char *name, uint8_t *type)
{
	return parse(types_of(protocol), "type_", name, type);
}

bool icmp_code_parse(uint8_t protocol, uint8_t type, const char *name, uint8_t *code)
{
	return parse(codes_of(protocol, type), "code_", name, code);
}

const char *icmp_type_listed(uint8_t protocol, size_t index)
{
	return nth_name(types_of(protocol), index);
}

const char *icmp_code_listed(uint8_t protocol, uint8_t type, size_t index)
{
	return nth_name(codes_of(protocol, type), index);
}

enum icmp_rest icmp_rest_meaning(uint8_t protocol, uint8_t type, uint8_t code)
{
	if (protocol == IPPROTO_ICMPV6)
		return type == ICMP6_PACKET_TOO_BIG                             ? ICMP_REST_MTU
		       : type == ICMP6_ECHO_REQUEST || type == ICMP6_ECHO_REPLY ? ICMP_REST_ID
		                                                                : ICMP_REST_UNUSED;
	if (type == ICMP_UNREACH && code == ICMP_UNREACH_NEEDFRAG)
		return ICMP_REST_MTU;
	return icmp_is_error(protocol, type) ? ICMP_REST_UNUSED : ICMP_REST_ID;
}

bool icmp_is_error(uint8_t protocol, uint8_t type)
{
	if (protocol == IPPROTO_ICMPV6)
		return type < ICMP6_INFOMSG_MASK;
	return type == ICMP_UNREACH || type == ICMP_SOURCEQUENCH || type == ICMP_REDIRECT ||
	       type == ICMP_TIMXCEED || type == ICMP_PARAMPROB;
}
