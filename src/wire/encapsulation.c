/*
 * Each kind of layer has a row of functions: how long it is, what it carries, how it says what it
 * carries, what is computed when it is sent, and how it is compared and printed. The functions that
 * walk the layers are the same for all kinds.
 */
#include "wire/encapsulation.h"

#include <netinet/in.h>
#include <string.h>

#include "base/text.h"
#include "wire/bytes.h"
#include "wire/checksum.h"

enum {
	ETHER_IPV4 = 0x0800,
	ETHER_IPV6 = 0x86dd,
	ETHER_MPLS = 0x8847,
	MPLS_BYTES = 4,
	USUAL_TTL = 255
};

struct layer {
	enum outer_kind kind;
	const uint8_t *bytes;
	size_t length;
};

/* How an IP header, and how GRE, names what it carries. */
static const struct {
	uint8_t protocol;
	uint16_t ether;
} numbers[] = {
	[OUTER_NONE] = { 0, 0 },
	[OUTER_IPV4] = { IPPROTO_IPIP, ETHER_IPV4 },
	[OUTER_IPV6] = { IPPROTO_IPV6, ETHER_IPV6 },
	[OUTER_GRE] = { IPPROTO_GRE, 0 },
	[OUTER_MPLS] = { 137, ETHER_MPLS },
};

static enum outer_kind kind_of_version(const uint8_t *bytes, size_t length)
{
	unsigned version = length ? bytes[0] >> 4 : 0;

	return version == 4 ? OUTER_IPV4 : version == 6 ? OUTER_IPV6 : OUTER_NONE;
}

static enum outer_kind kind_of_protocol(uint8_t protocol)
{
	for (enum outer_kind kind = OUTER_IPV4; kind <= OUTER_MPLS; kind++)
		if (numbers[kind].protocol == protocol)
			return kind;
	return OUTER_NONE;
}

/* ---- IPv4 ---- */

static size_t ipv4_length(const uint8_t *bytes)
{
	return 4 * (bytes[0] & 0x0fu);
}

static enum outer_kind ipv4_inside(const struct layer *layer, size_t rest)
{
	(void)rest;
	return kind_of_protocol(layer->bytes[9]);
}

static bool ipv4_carry(uint8_t *bytes, enum outer_kind inside)
{
	bytes[9] = numbers[inside].protocol;
	return bytes[9] != 0;
}

static void ipv4_finish(uint8_t *bytes, size_t total)
{
	if (!bytes[8])
		bytes[8] = USUAL_TTL;
	put16(bytes + 2, (uint16_t)total);
	put16(bytes + 10, 0);
	put16(bytes + 10, checksum_bytes(bytes, ipv4_length(bytes)));
}

static bool ipv4_equal(const uint8_t *want, const uint8_t *seen)
{
	return want[1] == seen[1] && (!want[8] || want[8] == seen[8]) && want[9] == seen[9] &&
	       !memcmp(want + 12, seen + 12, 8);
}

static void print_addresses(const uint8_t *source, sa_family_t family, size_t size, unsigned tos,
                            unsigned ttl, struct text_buffer *out)
{
	struct ip_address from = { .family = family }, to = from;
	char a[IP_ADDRESS_TEXT], b[IP_ADDRESS_TEXT];

	memcpy(from.bytes, source, size);
	memcpy(to.bytes, source + size, size);
	text_add(out, family == AF_INET ? "ipv4 " : "ipv6 ");
	if (tos)
		text_add(out, "(tos 0x%x, ttl %u) ", tos, ttl);
	else if (ttl && ttl != USUAL_TTL)
		text_add(out, "(ttl %u) ", ttl);
	text_add(out, "%s > %s", ip_address_print(&from, a), ip_address_print(&to, b));
}

static void ipv4_print(const struct layer *layer, struct text_buffer *out)
{
	print_addresses(layer->bytes + 12, AF_INET, 4, layer->bytes[1], layer->bytes[8], out);
}

/* ---- IPv6 ---- */

static size_t ipv6_length(const uint8_t *bytes)
{
	(void)bytes;
	return IPV6_HEADER;
}

static enum outer_kind ipv6_inside(const struct layer *layer, size_t rest)
{
	(void)rest;
	return kind_of_protocol(layer->bytes[6]);
}

static bool ipv6_carry(uint8_t *bytes, enum outer_kind inside)
{
	bytes[6] = numbers[inside].protocol;
	return bytes[6] != 0;
}

static void ipv6_finish(uint8_t *bytes, size_t total)
{
	if (!bytes[7])
		bytes[7] = USUAL_TTL;
	put16(bytes + 4, (uint16_t)(total - IPV6_HEADER));
}

static unsigned ipv6_class(const uint8_t *bytes)
{
	return get16(bytes) >> 4 & 0xff;
}

static bool ipv6_equal(const uint8_t *want, const uint8_t *seen)
{
	return ipv6_class(want) == ipv6_class(seen) && want[6] == seen[6] &&
	       (!want[7] || want[7] == seen[7]) && !memcmp(want + 8, seen + 8, 32);
}

static void ipv6_print(const struct layer *layer, struct text_buffer *out)
{
	print_addresses(layer->bytes + 8, AF_INET6, 16, ipv6_class(layer->bytes), layer->bytes[7],
	                out);
}

/* ---- GRE ---- */

static size_t gre_length(const uint8_t *bytes)
{
	unsigned flags = get16(bytes);

	return 4 + (flags & GRE_HAS_CHECKSUM ? 4u : 0) + (flags & GRE_HAS_KEY ? 4u : 0) +
	       (flags & GRE_HAS_SEQUENCE ? 4u : 0);
}

static enum outer_kind gre_inside(const struct layer *layer, size_t rest)
{
	(void)rest;
	for (enum outer_kind kind = OUTER_IPV4; kind <= OUTER_MPLS; kind++)
		if (numbers[kind].ether && numbers[kind].ether == get16(layer->bytes + 2))
			return kind;
	return OUTER_NONE;
}

static bool gre_carry(uint8_t *bytes, enum outer_kind inside)
{
	put16(bytes + 2, numbers[inside].ether);
	return numbers[inside].ether != 0;
}

static void gre_finish(uint8_t *bytes, size_t total)
{
	if (get16(bytes) & GRE_HAS_CHECKSUM && !get16(bytes + 4))
		put16(bytes + 4, checksum_bytes(bytes, total));
}

/* Compares everything but the checksum. */
static bool gre_equal(const uint8_t *want, const uint8_t *seen)
{
	size_t skip = get16(want) & GRE_HAS_CHECKSUM ? 6 : 4;

	return !memcmp(want, seen, 4) && !memcmp(want + skip, seen + skip, gre_length(want) - skip);
}

static void gre_print(const struct layer *layer, struct text_buffer *out)
{
	const uint8_t *next = layer->bytes + 4;
	unsigned flags = get16(layer->bytes);

	text_add(out, "gre");
	if (!flags)
		return;
	text_add(out, " flags 0x%x", flags);
	if (flags & GRE_HAS_CHECKSUM)
		text_add(out, ", sum 0x%x, off %u", get16(next), get16(next + 2)), next += 4;
	if (flags & GRE_HAS_KEY)
		text_add(out, ", key %u", get32(next)), next += 4;
	if (flags & GRE_HAS_SEQUENCE)
		text_add(out, ", seq %u", get32(next));
}

/* ---- MPLS: each entry of the label stack is a layer ---- */

static size_t mpls_length(const uint8_t *bytes)
{
	(void)bytes;
	return MPLS_BYTES;
}

static bool mpls_is_bottom(const uint8_t *bytes)
{
	return bytes[2] & 1;
}

static enum outer_kind mpls_inside(const struct layer *layer, size_t rest)
{
	if (!mpls_is_bottom(layer->bytes))
		return OUTER_MPLS;
	return kind_of_version(layer->bytes + MPLS_BYTES, rest);
}

static bool mpls_carry(uint8_t *bytes, enum outer_kind inside)
{
	return mpls_is_bottom(bytes) ? inside == OUTER_IPV4 || inside == OUTER_IPV6
	                             : inside == OUTER_MPLS;
}

static void mpls_finish(uint8_t *bytes, size_t total)
{
	(void)bytes, (void)total;
}

static bool mpls_equal(const uint8_t *want, const uint8_t *seen)
{
	return !memcmp(want, seen, MPLS_BYTES);
}

static void mpls_print(const struct layer *layer, struct text_buffer *out)
{
	uint32_t entry = get32(layer->bytes);

	text_add(out, "mpls (label %u, tc %u, %sttl %u)", entry >> 12, entry >> 9 & 7,
	         entry & 0x100 ? "[S], " : "", entry & 0xff);
}

/* ---- the rows, and the functions that walk them ---- */

static const struct outer_row {
	size_t least; /* bytes that are needed before `length` can be asked */
	size_t (*length)(const uint8_t *bytes);
	enum outer_kind (*inside)(const struct layer *layer, size_t rest);
	bool (*carry)(uint8_t *bytes, enum outer_kind inside);
	void (*finish)(uint8_t *bytes, size_t total);
	bool (*equal)(const uint8_t *want, const uint8_t *seen);
	void (*print)(const struct layer *layer, struct text_buffer *out);
} rows[] = {
	/* clang-format off */
	[OUTER_IPV4] = { IPV4_HEADER, ipv4_length, ipv4_inside, ipv4_carry, ipv4_finish, ipv4_equal, ipv4_print },
	[OUTER_IPV6] = { IPV6_HEADER, ipv6_length, ipv6_inside, ipv6_carry, ipv6_finish, ipv6_equal, ipv6_print },
	[OUTER_GRE]  = { 4, gre_length, gre_inside, gre_carry, gre_finish, gre_equal, gre_print },
	[OUTER_MPLS] = { MPLS_BYTES, mpls_length, mpls_inside, mpls_carry, mpls_finish, mpls_equal, mpls_print },
	/* clang-format on */
};

/*
 * Fills in the layer of *kind at *offset, and moves both on to the layer inside it. Returns false
 * when there is none, or when it is cut off.
 */
static bool layer_next(const uint8_t *bytes, size_t length, size_t *offset, enum outer_kind *kind,
                       struct layer *layer)
{
	const struct outer_row *row = &rows[*kind];

	if (*kind == OUTER_NONE || length - *offset < row->least)
		return false;
	*layer = (struct layer){ *kind, bytes + *offset, row->length(bytes + *offset) };
	if (layer->length < row->least || layer->length > length - *offset)
		return false;
	*offset += layer->length;
	*kind = row->inside(layer, length - *offset);
	return true;
}

size_t encapsulation_length(const uint8_t *bytes, size_t length)
{
	enum outer_kind kind = kind_of_version(bytes, length);
	size_t offset = 0, innermost = 0;
	struct layer layer;

	while (layer_next(bytes, length, &offset, &kind, &layer))
		if (layer.kind == OUTER_IPV4 || layer.kind == OUTER_IPV6)
			innermost = (size_t)(layer.bytes - bytes);
	return innermost;
}

/* ---- building ---- */

static uint8_t *add(struct encapsulation *outer, enum outer_kind kind, size_t length)
{
	uint8_t *bytes = outer->bytes + outer->length;

	if (length > ENCAPSULATION_MAX - (size_t)outer->length)
		return NULL;
	if (outer->last && !rows[outer->last].carry(outer->bytes + outer->last_at, kind))
		return NULL;
	memset(bytes, 0, length);
	outer->last = kind;
	outer->last_at = outer->length;
	outer->length += (uint8_t)length;
	return bytes;
}

bool encapsulation_add_ip(struct encapsulation *outer, const struct ip_address *source,
                          const struct ip_address *destination, uint8_t tos, uint8_t ttl)
{
	bool ipv6 = source->family == AF_INET6;
	size_t size = ipv6 ? 16 : 4, length = ipv6 ? IPV6_HEADER : IPV4_HEADER;
	uint8_t *bytes = source->family != destination->family
	                         ? NULL
	                         : add(outer, ipv6 ? OUTER_IPV6 : OUTER_IPV4, length);

	if (!bytes)
		return false;
	if (ipv6)
		put16(bytes, (uint16_t)(6 << 12 | tos << 4));
	else
		put16(bytes, (uint16_t)(0x45 << 8 | tos));
	bytes[ipv6 ? 7 : 8] = ttl;
	memcpy(bytes + length - 2 * size, source->bytes, size);
	memcpy(bytes + length - size, destination->bytes, size);
	return true;
}

bool encapsulation_add_gre(struct encapsulation *outer, const struct gre_fields *gre)
{
	uint8_t flags[2], *bytes;

	put16(flags, gre->flags);
	bytes = add(outer, OUTER_GRE, gre_length(flags));
	if (!bytes)
		return false;
	put16(bytes, gre->flags);
	bytes += 4;
	if (gre->flags & GRE_HAS_CHECKSUM)
		put16(bytes, gre->checksum), put16(bytes + 2, gre->offset), bytes += 4;
	if (gre->flags & GRE_HAS_KEY)
		put32(bytes, gre->key), bytes += 4;
	if (gre->flags & GRE_HAS_SEQUENCE)
		put32(bytes, gre->sequence);
	return true;
}

bool encapsulation_add_mpls(struct encapsulation *outer, const struct mpls_entry *entry)
{
	uint8_t *bytes = add(outer, OUTER_MPLS, MPLS_BYTES);

	if (bytes)
		put32(bytes, entry->label << 12 | (uint32_t)entry->traffic_class << 9 |
		                     (uint32_t)entry->bottom << 8 | entry->ttl);
	return bytes;
}

bool encapsulation_close(struct encapsulation *outer, bool ipv6)
{
	return outer->last == OUTER_NONE || rows[outer->last].carry(outer->bytes + outer->last_at,
	                                                            ipv6 ? OUTER_IPV6 : OUTER_IPV4);
}

/* Goes from the innermost layer outwards, because the checksum of GRE covers what is inside. */
static void finish(uint8_t *bytes, size_t outer, size_t total, size_t offset, enum outer_kind kind)
{
	size_t at = offset;
	struct layer layer;

	if (offset >= outer || !layer_next(bytes, total, &offset, &kind, &layer))
		return;
	finish(bytes, outer, total, offset, kind);
	rows[layer.kind].finish(bytes + at, total - at);
}

void encapsulation_finish(uint8_t *bytes, size_t outer, size_t total)
{
	finish(bytes, outer, total, 0, kind_of_version(bytes, total));
}

/* ---- comparing and printing ---- */

bool encapsulation_equal(const uint8_t *want, size_t want_length, const uint8_t *seen,
                         size_t seen_length)
{
	enum outer_kind kind = kind_of_version(want, want_length), kinds[2] = { kind, kind };
	size_t offsets[2] = { 0, 0 };
	struct layer a, b;

	if (want_length != seen_length || kind != kind_of_version(seen, seen_length))
		return false;
	while (offsets[0] < want_length &&
	       layer_next(want, want_length, &offsets[0], &kinds[0], &a) &&
	       layer_next(seen, seen_length, &offsets[1], &kinds[1], &b))
		if (a.kind != b.kind || a.length != b.length ||
		    !rows[a.kind].equal(a.bytes, b.bytes))
			return false;
	return offsets[0] == want_length && offsets[1] == want_length;
}

const char *encapsulation_print(const uint8_t *bytes, size_t length, char *text, size_t size)
{
	struct text_buffer out = text_begin(text, size);
	enum outer_kind kind = kind_of_version(bytes, length);
	size_t offset = 0;
	struct layer layer;

	while (offset < length && layer_next(bytes, length, &offset, &kind, &layer)) {
		rows[layer.kind].print(&layer, &out);
		text_add(&out, layer.kind == OUTER_MPLS && kind == OUTER_MPLS ? " " : ": ");
	}
	return text;
}
