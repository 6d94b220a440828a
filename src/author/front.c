#include "author/front.h"

#include <netinet/in.h>

enum { ETHERNET_MTU = 1500, MTU_LEAST = 576, MTU_LEAST_V6 = 1280, MTU_MOST = 65535 };

static bool is_ipv6(const struct drafting *d)
{
	return d->talk->flows[0].ends[0].address.family == AF_INET6;
}

/*
 * Tells whether a connection shows that the kernel does not ask for an option, or does not agree to
 * it.
 */
static bool is_off(const struct drafting *d, size_t flow, const struct negotiated *option)
{
	const struct view *view = &d->views[flow];

	if (d->talk->flows[flow].handshake && view->kernel == SIDE_CLIENT)
		return !option->asked;
	return view->facts.taken && option->asked && !option->agreed;
}

static void put_sysctl(struct drafting *d, size_t option, const char *name)
{
	for (size_t i = 0; i < d->talk->flow_count; i++)
		if (is_off(d, i, &d->views[i].facts.negotiated[option])) {
			fprintf(d->out, "sysctl net.ipv4.%s = 0\n", name);
			return;
		}
}

enum limit { LIMIT_FIXED, LIMIT_RETRIES, LIMIT_FIN_WAIT };

/* Sysctls that a test about closing may have changed. */
static const struct changed {
	const char *name;
	enum limit limit;
	unsigned value; /* where the packets show none */
} sysctls[] = {
	/* clang-format off */
	{ "tcp_invalid_ratelimit", LIMIT_FIXED, 0 },
	{ "tcp_rfc1337", LIMIT_FIXED, 1 },
	{ "tcp_abort_on_overflow", LIMIT_FIXED, 1 },
	{ "tcp_max_tw_buckets", LIMIT_FIXED, 0 },
	{ "tcp_early_retrans", LIMIT_FIXED, 0 },
	{ "tcp_orphan_retries", LIMIT_RETRIES, 1 },
	{ "tcp_retries2", LIMIT_RETRIES, 1 },
	{ "tcp_fin_timeout", LIMIT_FIN_WAIT, 1 },
	/* clang-format on */
};

/*
 * How many values there are to try. A limit of retransmissions may count a probe of the tail
 * (RFC 8985) or not, and may be by one more or less than what is on the wire.
 */
static unsigned count_values(const struct changed *row, const struct facts *facts)
{
	enum { NEAR = 3 };

	if (row->limit == LIMIT_FIN_WAIT)
		return facts->fin_wait > 0;
	if (row->limit == LIMIT_RETRIES && facts->resent > 1)
		return facts->resent < NEAR ? facts->resent : NEAR;
	return 1;
}

static unsigned value_of(const struct changed *row, const struct facts *facts, unsigned which)
{
	if (row->limit == LIMIT_FIN_WAIT)
		return facts->fin_wait;
	return row->limit == LIMIT_RETRIES && facts->resent > 1 ? facts->resent - which
	                                                        : row->value;
}

static void put_guessed_sysctls(struct drafting *d)
{
	const struct facts *facts = &d->views[0].facts;

	for (size_t i = 0; i < sizeof(sysctls) / sizeof(sysctls[0]); i++) {
		unsigned values = count_values(&sysctls[i], facts);
		unsigned answer = values ? drafting_ask(d, ASK_SYSCTL, i, values + 1) : 0;

		if (answer)
			fprintf(d->out, "sysctl net.ipv4.%s = %u  // assumed\n", sysctls[i].name,
			        value_of(&sysctls[i], facts, answer - 1));
	}
}

/* Few segments are less than any congestion control would hold back, or send at its own pace. */
static bool matters_how_much(const struct drafting *d)
{
	enum { FEW = 3 };
	size_t segments = 0;

	for (size_t i = 0; i < d->talk->count; i++) {
		const struct heard *heard = &d->talk->packets[i];

		segments += heard->from == d->views[heard->flow].kernel &&
		            heard->segment.payload_length > 0;
	}
	return segments > FEW || d->views[0].facts.resent;
}

static void put_sysctls(struct drafting *d)
{
	const struct facts *facts = &d->views[0].facts;
	bool client = d->talk->flows[0].handshake && d->views[0].kernel == SIDE_CLIENT;

	put_guessed_sysctls(d);
	if ((drafting_ask(d, ASK_CONGESTION, 0, 2) == 1) != matters_how_much(d))
		fprintf(d->out, "sysctl net.ipv4.tcp_congestion_control = reno\n");
	if (facts->fast_open)
		fprintf(d->out, "sysctl net.ipv4.tcp_fastopen = 0x602\n");
	put_sysctl(d, OPTION_TIMESTAMPS, "tcp_timestamps");
	put_sysctl(d, OPTION_SACK, "tcp_sack");
	put_sysctl(d, OPTION_SCALING, "tcp_window_scaling");
	if (client && facts->negotiated[OPTION_ECN].asked)
		fprintf(d->out, "sysctl net.ipv4.tcp_ecn = 1\n");
	else if (!client && is_off(d, 0, &facts->negotiated[OPTION_ECN]))
		fprintf(d->out, "sysctl net.ipv4.tcp_ecn = 0\n");
}

void front_write(struct drafting *d)
{
	const struct facts *facts = &d->views[0].facts;
	unsigned headers = is_ipv6(d) ? 60 : 40, mtu = facts->mss + headers;
	unsigned least = is_ipv6(d) ? MTU_LEAST_V6 : MTU_LEAST;

	if (is_ipv6(d))
		fprintf(d->out, "--ip_version=ipv6\n");
	if (facts->mss && mtu != ETHERNET_MTU && mtu >= least && mtu <= MTU_MOST)
		fprintf(d->out, "--mtu=%u\n", mtu);
	put_sysctls(d);
	putc('\n', d->out);
}
