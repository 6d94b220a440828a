/*
 * What is compared, and what is not. Each packet_field has a row, in the order in which a script
 * writes the fields. A row applies when the script names the field (want->check) and the packet has
 * its layer. Addresses, the don't-fragment bit, checksums and the data offset have no row: by the
 * addresses the connection is found, and the rest is checked when the packet is captured.
 *
 * Options are compared one after the other: the same kinds must come in the same order. EOL bytes
 * behind what is wanted are padding. A byte of an option that the script leaves open (`any`) is not
 * compared, and neither is a timestamp that the rules leave open. When such an option is printed,
 * the open bytes show what was seen, so that the two texts differ only in what is wrong.
 */
#include "verdict/match.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "wire/encapsulation.h"
#include "wire/tcp_options.h"

enum layer { LAYER_IP = 1, LAYER_TCP = 2, LAYER_UDP = 4, LAYER_ICMP = 8, LAYER_PORTS = 6 };

enum number_style { DECIMAL, HEXADECIMAL, DISTANCE };

struct comparison {
	const struct packet_want *want;
	const struct segment *seen;
	const struct match_rules *rules;
	struct mismatches *mismatches;
	struct range where; /* of the field that is compared */
};

/*
 * A row has either `number`, which is compared here, or `compare`, which adds the mismatch itself.
 */
struct field_row {
	enum packet_field field;
	const char *name;
	unsigned layers; /* the layers that have the field */
	enum number_style style;
	uint32_t (*number)(const struct segment *segment);
	void (*compare)(const struct comparison *comparison);
};

struct mismatch *mismatch_add(struct mismatches *mismatches, const char *field, struct range where)
{
	struct mismatch *mismatch = &mismatches->list[mismatches->count];

	if (mismatches->count < MISMATCHES_MAX)
		mismatches->count++;
	memset(mismatch, 0, sizeof(*mismatch));
	mismatch->field = field;
	mismatch->where = where;
	mismatches->distance++;
	return mismatch;
}

/* A difference that makes it another kind of segment counts as several others. */
enum { FAR_PROTOCOL = 8, FAR_FLAGS = 4 };

static struct mismatch *add(const struct comparison *comparison, const char *field)
{
	return mismatch_add(comparison->mismatches, field, comparison->where);
}

/* ---- plain numbers ---- */

static uint32_t get_tos(const struct segment *segment)
{
	return segment->tos;
}
static uint32_t get_dscp(const struct segment *segment)
{
	return segment->tos >> 2;
}
static uint32_t get_ttl(const struct segment *segment)
{
	return segment->ttl;
}
static uint32_t get_flow_label(const struct segment *segment)
{
	return segment->flow_label;
}
static uint32_t get_ip_id(const struct segment *segment)
{
	return segment->ip_id;
}
static uint32_t get_length(const struct segment *segment)
{
	return segment->payload_length;
}
static uint32_t get_sequence(const struct segment *segment)
{
	return segment->tcp.sequence;
}
static uint32_t get_ack(const struct segment *segment)
{
	return segment->tcp.acknowledgment;
}
static uint32_t get_window(const struct segment *segment)
{
	return segment->tcp.window;
}
static uint32_t get_urgent(const struct segment *segment)
{
	return segment->tcp.urgent;
}
static uint32_t get_udp_length(const struct segment *segment)
{
	return segment->udp.length;
}
static uint32_t get_icmp_type(const struct segment *segment)
{
	return segment->icmp.type;
}
static uint32_t get_icmp_code(const struct segment *segment)
{
	return segment->icmp.code;
}
static uint32_t get_icmp_rest(const struct segment *segment)
{
	return segment->icmp.rest;
}

static void print_distance(struct mismatch *mismatch, uint32_t want, uint32_t seen)
{
	int64_t distance = (int32_t)(seen - want);

	snprintf(mismatch->want, MISMATCH_TEXT, "%" PRIu32, want);
	snprintf(mismatch->seen, MISMATCH_TEXT, "%" PRIu32 " (%" PRId64 " %s)", seen,
	         distance < 0 ? -distance : distance, distance < 0 ? "less" : "more");
}

static void print_number(enum number_style style, uint32_t number, char text[MISMATCH_TEXT])
{
	if (style == HEXADECIMAL)
		snprintf(text, MISMATCH_TEXT, "0x%02" PRIx32, number);
	else
		snprintf(text, MISMATCH_TEXT, "%" PRIu32, number);
}

static void compare_number(const struct comparison *comparison, const struct field_row *row)
{
	uint32_t want = row->number(&comparison->want->segment);
	uint32_t seen = row->number(comparison->seen);
	struct mismatch *mismatch;

	if (want == seen)
		return;
	mismatch = add(comparison, row->name);
	if (row->style == DISTANCE) {
		print_distance(mismatch, want, seen);
		return;
	}
	print_number(row->style, want, mismatch->want);
	print_number(row->style, seen, mismatch->seen);
}

/* ---- IP ---- */

static void compare_encapsulation(const struct comparison *comparison)
{
	const struct segment *want = &comparison->want->segment, *seen = comparison->seen;
	struct mismatch *mismatch;

	if (encapsulation_equal(want->outer, want->outer_length, seen->outer, seen->outer_length))
		return;
	mismatch = add(comparison, "encapsulation");
	encapsulation_print(want->outer, want->outer_length, mismatch->want, MISMATCH_TEXT);
	encapsulation_print(seen->outer, seen->outer_length, mismatch->seen, MISMATCH_TEXT);
	if (!want->outer_length)
		snprintf(mismatch->want, MISMATCH_TEXT, "none");
	if (!seen->outer_length)
		snprintf(mismatch->seen, MISMATCH_TEXT, "none");
}

static const char *ecn_name(unsigned tos)
{
	static const char *const names[4] = { "Not-ECT", "ECT(1)", "ECT(0)", "CE" };

	return names[tos & 3];
}

static void compare_ecn(const struct comparison *comparison)
{
	unsigned want = comparison->want->segment.tos & 3, seen = comparison->seen->tos & 3;
	struct mismatch *mismatch;

	if (want == seen)
		return;
	mismatch = add(comparison, "ECN");
	snprintf(mismatch->want, MISMATCH_TEXT, "%s", ecn_name(want));
	snprintf(mismatch->seen, MISMATCH_TEXT, "%s", ecn_name(seen));
}

static void compare_ect01(const struct comparison *comparison)
{
	unsigned seen = comparison->seen->tos & 3;
	struct mismatch *mismatch;

	if (seen == 1 || seen == 2)
		return;
	mismatch = add(comparison, "ECN");
	snprintf(mismatch->want, MISMATCH_TEXT, "ECT(0) or ECT(1)");
	snprintf(mismatch->seen, MISMATCH_TEXT, "%s", ecn_name(seen));
}

static const char *protocol_name(unsigned protocol, char text[16])
{
	switch (protocol) {
	case IPPROTO_TCP:
		return "TCP";
	case IPPROTO_UDP:
		return "UDP";
	case IPPROTO_ICMP:
		return "ICMP";
	case IPPROTO_ICMPV6:
		return "ICMPv6";
	}
	snprintf(text, 16, "%u", protocol);
	return text;
}

static void compare_protocol(const struct comparison *comparison)
{
	unsigned want = comparison->want->segment.protocol, seen = comparison->seen->protocol;
	struct mismatch *mismatch;
	char text[16];

	if (want == seen)
		return;
	mismatch = add(comparison, "protocol");
	comparison->mismatches->distance += FAR_PROTOCOL;
	snprintf(mismatch->want, MISMATCH_TEXT, "%s", protocol_name(want, text));
	snprintf(mismatch->seen, MISMATCH_TEXT, "%s", protocol_name(seen, text));
}

/* ---- TCP and UDP ---- */

static void get_ports(const struct segment *segment, uint16_t *source, uint16_t *destination)
{
	bool tcp = segment->protocol == IPPROTO_TCP;

	*source = tcp ? segment->tcp.source : segment->udp.source;
	*destination = tcp ? segment->tcp.destination : segment->udp.destination;
}

static void compare_ports(const struct comparison *comparison)
{
	uint16_t want_from, want_to, seen_from, seen_to;
	struct mismatch *mismatch;

	get_ports(&comparison->want->segment, &want_from, &want_to);
	get_ports(comparison->seen, &seen_from, &seen_to);
	if (want_from == seen_from && want_to == seen_to)
		return;
	mismatch = add(comparison, "ports");
	snprintf(mismatch->want, MISMATCH_TEXT, "%u > %u", want_from, want_to);
	snprintf(mismatch->seen, MISMATCH_TEXT, "%u > %u", seen_from, seen_to);
}

static void compare_flags(const struct comparison *comparison)
{
	bool ace = comparison->want->check & (1u << FIELD_ACE);
	unsigned ignored = ace ? TCP_AE | TCP_CWR | TCP_ECE : 0;
	unsigned want = comparison->want->segment.tcp.flags & ~ignored;
	unsigned seen = comparison->seen->tcp.flags & ~ignored;
	struct mismatch *mismatch;
	char text[TCP_FLAGS_TEXT];

	if (want == seen)
		return;
	mismatch = add(comparison, "flags");
	comparison->mismatches->distance += FAR_FLAGS;
	snprintf(mismatch->want, MISMATCH_TEXT, "%s", tcp_flags_print((uint16_t)want, text));
	snprintf(mismatch->seen, MISMATCH_TEXT, "%s", tcp_flags_print((uint16_t)seen, text));
}

static void compare_ace(const struct comparison *comparison)
{
	unsigned flags = comparison->seen->tcp.flags;
	unsigned seen =
		(flags & TCP_AE ? 4u : 0) | (flags & TCP_CWR ? 2u : 0) | (flags & TCP_ECE ? 1u : 0);
	struct mismatch *mismatch;

	if (comparison->want->ace == seen)
		return;
	mismatch = add(comparison, "ACE");
	snprintf(mismatch->want, MISMATCH_TEXT, "%u", comparison->want->ace);
	snprintf(mismatch->seen, MISMATCH_TEXT, "%u", seen);
}

/*
 * Only the payload that was captured is known. Where the script gives no bytes, they must be zero.
 */
static void compare_payload(const struct comparison *comparison)
{
	const struct segment *want = &comparison->want->segment, *seen = comparison->seen;
	uint32_t i, length = seen->payload_captured;
	struct mismatch *mismatch;
	unsigned byte = 0;

	if (length > want->payload_length)
		length = want->payload_length;
	for (i = 0; i < length; i++) {
		byte = i < want->payload_captured ? want->payload[i] : 0;
		if (byte != seen->payload[i])
			break;
	}
	if (i >= length)
		return;
	mismatch = add(comparison, "payload");
	snprintf(mismatch->want, MISMATCH_TEXT, "0x%02x at byte %" PRIu32, byte, i);
	snprintf(mismatch->seen, MISMATCH_TEXT, "0x%02x", seen->payload[i]);
}

/* ---- TCP options ---- */

/* What is compared of an option: its bytes. Those that the rules leave open are marked in `any`. */
struct option_pair {
	struct tcp_option_view want, seen;
	const uint8_t *any; /* for each byte of want.bytes */
};

/*
 * Goes to the next option of both. Returns false at the end of either, or when the kinds differ
 * (then *same is false).
 */
static bool option_pair_next(const struct tcp_option_bytes *want, const struct tcp_header *seen,
                             size_t offsets[2], struct option_pair *pair, bool *same)
{
	bool bad = false;
	bool more_want = tcp_option_next(want->bytes, want->length, &offsets[0], &pair->want, &bad);
	bool more_seen = tcp_option_next(seen->options, seen->options_length, &offsets[1],
	                                 &pair->seen, &bad);

	if (bad)
		*same = false;
	else if (more_want && more_seen)
		*same = pair->want.kind == pair->seen.kind;
	else
		*same = !more_want && (!more_seen || pair->seen.kind == TCPOPT_KIND_EOL);
	if (more_want)
		pair->any = want->any + (pair->want.bytes - want->bytes);
	return *same && more_want;
}

static bool option_kinds_equal(const struct tcp_option_bytes *want, const struct tcp_header *seen)
{
	size_t offsets[2] = { 0, 0 };
	struct option_pair pair;
	bool same = true;

	while (option_pair_next(want, seen, offsets, &pair, &same))
		;
	return same;
}

static const struct tcp_option_bytes *wanted_options(const struct packet_want *want)
{
	static const struct tcp_option_bytes none;

	return want->options ? want->options : &none;
}

/*
 * Returns the wanted options, with the bytes that were seen in the places that the script or the
 * rules leave open.
 */
static struct tcp_option_bytes options_filled(const struct comparison *comparison)
{
	struct tcp_option_bytes filled = *wanted_options(comparison->want);
	struct tcp_option_view want, seen;
	size_t offset = 0;
	bool bad = false;

	while (tcp_option_next(filled.bytes, filled.length, &offset, &want, &bad)) {
		size_t at = (size_t)(want.bytes - filled.bytes);
		bool open = want.kind == TCPOPT_KIND_TS && comparison->rules->ts_tolerance < 0;

		if (!tcp_option_find(&comparison->seen->tcp, want.kind, &seen) ||
		    seen.length != want.length)
			continue;
		for (size_t i = 2; i < want.length; i++)
			if (filled.any[at + i] || (open && i < 6))
				filled.bytes[at + i] = seen.bytes[i], filled.any[at + i] = 0;
	}
	return filled;
}

/* How many options of the first are not in the second. */
static unsigned options_apart(const struct tcp_header *want, const struct tcp_header *seen)
{
	struct tcp_option_view view, other;
	unsigned apart = 0;
	size_t offset = 0;
	bool bad = false;

	while (tcp_option_next(want->options, want->options_length, &offset, &view, &bad))
		apart += !tcp_option_find(seen, view.kind, &other);
	return apart;
}

static void add_options_mismatch(const struct comparison *comparison)
{
	const struct tcp_header *tcp = &comparison->seen->tcp;
	struct tcp_option_bytes want = options_filled(comparison);
	struct mismatch *mismatch = add(comparison, "options");

	comparison->mismatches->distance += options_apart(&comparison->want->segment.tcp, tcp) +
	                                    options_apart(tcp, &comparison->want->segment.tcp);
	tcp_options_print_wanted(&want, mismatch->want, MISMATCH_TEXT);
	tcp_options_print(tcp->options, tcp->options_length, mismatch->seen, MISMATCH_TEXT);
	if (!*mismatch->want)
		snprintf(mismatch->want, MISMATCH_TEXT, "none");
	if (!*mismatch->seen)
		snprintf(mismatch->seen, MISMATCH_TEXT, "none");
}

static bool bytes_equal(const uint8_t *want, const uint8_t *seen, const uint8_t *any, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (want[i] != seen[i] && !any[i])
			return false;
	return true;
}

static uint32_t read_word(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

static void compare_timestamp(const struct comparison *comparison, const struct option_pair *pair)
{
	static const char *const names[2] = { "option TS val", "option TS ecr" };
	const int64_t tolerances[2] = {
		/* clang-format off */
		comparison->rules->ts_tolerance, comparison->rules->ts_ecr ? 0 : -1
		/* clang-format on */
	};

	for (size_t i = 0; i < 2; i++) {
		size_t at = 2 + 4 * i;
		uint32_t want = read_word(pair->want.bytes + at),
			 seen = read_word(pair->seen.bytes + at);
		int64_t distance = (int32_t)(seen - want);

		if (distance < 0)
			distance = -distance;
		if (tolerances[i] < 0 || distance <= tolerances[i] ||
		    bytes_equal(pair->want.bytes + at, pair->seen.bytes + at, pair->any + at, 4))
			continue;
		print_distance(add(comparison, names[i]), want, seen);
	}
}

/* tcp_options_print() puts the list in angle brackets; here it is one option with a name. */
static void print_option(const uint8_t *bytes, size_t length, char text[MISMATCH_TEXT])
{
	char list[MISMATCH_TEXT];
	size_t size;

	tcp_options_print(bytes, length, list, sizeof(list));
	size = strlen(list);
	if (size >= 2 && list[0] == '<' && list[size - 1] == '>')
		snprintf(text, MISMATCH_TEXT, "%.*s", (int)size - 2, list + 1);
	else
		snprintf(text, MISMATCH_TEXT, "%s", list);
}

static void compare_option(const struct comparison *comparison, const struct option_pair *pair)
{
	const struct tcp_option_view *want = &pair->want, *seen = &pair->seen;
	uint8_t filled[TCP_OPTIONS_MAX];
	struct mismatch *mismatch;

	if (want->kind == TCPOPT_KIND_TS && want->length == 10 && seen->length == 10) {
		compare_timestamp(comparison, pair);
		return;
	}
	if (want->length == seen->length &&
	    bytes_equal(want->bytes, seen->bytes, pair->any, want->length))
		return;
	for (size_t i = 0; i < want->length; i++)
		filled[i] = pair->any[i] && i < seen->length ? seen->bytes[i] : want->bytes[i];
	mismatch = add(comparison, tcp_option_label(want));
	print_option(filled, want->length, mismatch->want);
	print_option(seen->bytes, seen->length, mismatch->seen);
}

static void compare_options(const struct comparison *comparison)
{
	const struct tcp_option_bytes *want = wanted_options(comparison->want);
	const struct tcp_header *seen = &comparison->seen->tcp;
	size_t offsets[2] = { 0, 0 };
	struct option_pair pair;
	bool same = true;

	if (!option_kinds_equal(want, seen)) {
		add_options_mismatch(comparison);
		return;
	}
	while (option_pair_next(want, seen, offsets, &pair, &same))
		compare_option(comparison, &pair);
}

/* ---- ICMP ---- */

static void print_quote(const struct icmp_quote *quote, char text[MISMATCH_TEXT])
{
	char protocol[16];

	if (!quote->protocol)
		snprintf(text, MISMATCH_TEXT, "no quote");
	else if (quote->protocol == IPPROTO_TCP)
		snprintf(text, MISMATCH_TEXT, "%u > %u %" PRIu32 ":%" PRIu32 "(%u)", quote->source,
		         quote->destination, quote->sequence,
		         quote->sequence + quote->payload_length, quote->payload_length);
	else
		snprintf(text, MISMATCH_TEXT, "%u > %u %s (%u)", quote->source, quote->destination,
		         protocol_name(quote->protocol, protocol), quote->payload_length);
}

/*
 * The ports are compared only when the script has some. Usually they are those of the connection.
 */
static void compare_icmp_quote(const struct comparison *comparison)
{
	const struct icmp_quote *want = &comparison->want->segment.icmp.quote;
	const struct icmp_quote *seen = &comparison->seen->icmp.quote;
	struct mismatch *mismatch;

	if (want->protocol == seen->protocol && want->payload_length == seen->payload_length &&
	    (want->protocol != IPPROTO_TCP || want->sequence == seen->sequence) &&
	    (!want->source || want->source == seen->source) &&
	    (!want->destination || want->destination == seen->destination))
		return;
	mismatch = add(comparison, "ICMP quote");
	print_quote(want, mismatch->want);
	print_quote(seen, mismatch->seen);
}

/* ---- all fields ---- */

static const struct field_row rows[] = {
	/* clang-format off */
	{ FIELD_ENCAPSULATION, "encapsulation", LAYER_IP, .compare = compare_encapsulation },
	{ FIELD_PROTOCOL,   "protocol",   LAYER_IP,    .compare = compare_protocol },
	{ FIELD_TOS,        "TOS",        LAYER_IP,    .number = get_tos, .style = HEXADECIMAL },
	{ FIELD_DSCP,       "DSCP",       LAYER_IP,    .number = get_dscp, .style = HEXADECIMAL },
	{ FIELD_ECN,        "ECN",        LAYER_IP,    .compare = compare_ecn },
	{ FIELD_ECT01,      "ECN",        LAYER_IP,    .compare = compare_ect01 },
	{ FIELD_TTL,        "TTL",        LAYER_IP,    .number = get_ttl },
	{ FIELD_FLOW_LABEL, "flow label", LAYER_IP,    .number = get_flow_label, .style = HEXADECIMAL },
	{ FIELD_IP_ID,      "IP id",      LAYER_IP,    .number = get_ip_id },
	{ FIELD_PORTS,      "ports",      LAYER_PORTS, .compare = compare_ports },
	{ FIELD_FLAGS,      "flags",      LAYER_TCP,   .compare = compare_flags },
	{ FIELD_ACE,        "ACE",        LAYER_TCP,   .compare = compare_ace },
	{ FIELD_SEQUENCE,   "seq",        LAYER_TCP,   .number = get_sequence, .style = DISTANCE },
	{ FIELD_LENGTH,     "length",     LAYER_IP,    .number = get_length, .style = DISTANCE },
	{ FIELD_ACKNOWLEDGMENT, "ack",    LAYER_TCP,   .number = get_ack, .style = DISTANCE },
	{ FIELD_WINDOW,     "window",     LAYER_TCP,   .number = get_window },
	{ FIELD_URGENT,     "urgent",     LAYER_TCP,   .number = get_urgent },
	{ FIELD_OPTIONS,    "options",    LAYER_TCP,   .compare = compare_options },
	{ FIELD_UDP_LENGTH, "UDP length", LAYER_UDP,   .number = get_udp_length, .style = DISTANCE },
	{ FIELD_ICMP_TYPE,  "ICMP type",  LAYER_ICMP,  .number = get_icmp_type },
	{ FIELD_ICMP_CODE,  "ICMP code",  LAYER_ICMP,  .number = get_icmp_code },
	{ FIELD_ICMP_REST,  "ICMP rest",  LAYER_ICMP,  .number = get_icmp_rest },
	{ FIELD_ICMP_QUOTE, "ICMP quote", LAYER_ICMP,  .compare = compare_icmp_quote },
	{ FIELD_PAYLOAD,    "payload",    LAYER_PORTS, .compare = compare_payload },
	/* clang-format on */
};

static_assert(sizeof(rows) / sizeof(*rows) == PACKET_FIELDS, "each field has a row");

static unsigned layers_of(unsigned protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return LAYER_IP | LAYER_TCP;
	case IPPROTO_UDP:
		return LAYER_IP | LAYER_UDP;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return LAYER_IP | LAYER_ICMP;
	}
	return LAYER_IP;
}

bool match_packet(const struct packet_want *want, const struct script_segment *script,
                  const struct match_rules *rules, struct mismatches *mismatches)
{
	const struct segment *seen = &script->segment;
	uint32_t check = want->check | 1u << FIELD_PROTOCOL | 1u << FIELD_ENCAPSULATION;
	unsigned layers = layers_of(seen->protocol);
	size_t before = mismatches->count;
	struct comparison comparison = { want, seen, rules, mismatches, { 0, 0 } };

	if (want->segment.protocol != seen->protocol)
		layers = LAYER_IP, check &= ~(1u << FIELD_LENGTH);
	for (size_t i = 0; i < PACKET_FIELDS; i++) {
		const struct field_row *row = &rows[i];

		if (!(check & 1u << row->field) || !(row->layers & layers))
			continue;
		comparison.where = packet_where(want, row->field);
		if (row->compare)
			row->compare(&comparison);
		else
			compare_number(&comparison, row);
	}
	return mismatches->count == before;
}
