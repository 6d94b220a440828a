/*
 * Outer headers, in front of a packet: IP in IP (RFC 2003, 2473), GRE (RFC 2784, 2890) and MPLS
 * (RFC 3032, 4023). They are kept as the bytes that are on the wire. The outer headers of a segment
 * and those that a script wants are compared layer by layer.
 */
#ifndef TCPCLOSE_WIRE_ENCAPSULATION_H
#define TCPCLOSE_WIRE_ENCAPSULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/address.h"

enum { ENCAPSULATION_MAX = 160, ENCAPSULATION_TEXT = 400 };

enum outer_kind { OUTER_NONE, OUTER_IPV4, OUTER_IPV6, OUTER_GRE, OUTER_MPLS };

/* Outer headers that are being built. */
struct encapsulation {
	uint8_t length;
	enum outer_kind last; /* the innermost layer so far; it does not say yet what it carries */
	uint8_t last_at;
	uint8_t bytes[ENCAPSULATION_MAX];
};

struct gre_fields {
	uint16_t flags; /* enum gre_flag, and any other bits of the header */
	/* Sent with GRE_HAS_CHECKSUM; where the checksum is 0, it is computed. */
	uint16_t checksum, offset;
	uint32_t key, sequence;
};
enum gre_flag { GRE_HAS_CHECKSUM = 0x8000, GRE_HAS_KEY = 0x2000, GRE_HAS_SEQUENCE = 0x1000 };

struct mpls_entry {
	uint32_t label;        /* 20 bits */
	uint8_t traffic_class; /* 3 bits */
	bool bottom;
	uint8_t ttl;
};

/*
 * Each of these adds a layer inside the ones that are there. Returns false when there is no room,
 * or when the layer before cannot carry it: behind an MPLS label that is not the bottom of its
 * stack, only another label can follow. A ttl of 0 is sent as 255, and is not compared.
 */
bool encapsulation_add_ip(struct encapsulation *outer, const struct ip_address *source,
                          const struct ip_address *destination, uint8_t tos, uint8_t ttl);
bool encapsulation_add_gre(struct encapsulation *outer, const struct gre_fields *gre);
bool encapsulation_add_mpls(struct encapsulation *outer, const struct mpls_entry *entry);

/* Says that the layers carry a packet of IPv6, or of IPv4. Returns false for the same reasons. */
bool encapsulation_close(struct encapsulation *outer, bool ipv6);

/*
 * Sets lengths and checksums in the first `outer` bytes, which are outer headers. `total` counts
 * the packet behind them, too.
 */
void encapsulation_finish(uint8_t *bytes, size_t outer, size_t total);

/* How many bytes of outer headers stand before the innermost IP header; 0 when there are none. */
size_t encapsulation_length(const uint8_t *bytes, size_t length);

/*
 * Tells whether both are the same. Lengths, checksums, the identification and a ttl of 0 are not
 * compared.
 */
bool encapsulation_equal(const uint8_t *want, size_t want_length, const uint8_t *seen,
                         size_t seen_length);

/*
 * Writes for example "ipv4 192.0.2.1 > 192.168.0.1: gre: mpls (label 5, tc 0, [S], ttl 9): ".
 * Returns `text`.
 */
const char *encapsulation_print(const uint8_t *bytes, size_t length, char *text, size_t size);

#endif
