/*
 * Headers in front of a packet: IP in IP (RFC 2003, 2473), GRE (RFC 2784, 2890) and MPLS (RFC 3032,
 * 4023). They are kept as bytes, as on the wire; what is around a segment and what a script wants
 * around it are compared layer by layer.
 */
#ifndef TCPCLOSE_WIRE_ENCAPSULATION_H
#define TCPCLOSE_WIRE_ENCAPSULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/address.h"

enum { ENCAPSULATION_MAX = 160, ENCAPSULATION_TEXT = 400 };

enum outer_kind { OUTER_NONE, OUTER_IPV4, OUTER_IPV6, OUTER_GRE, OUTER_MPLS };

/* Under construction. */
struct encapsulation {
	uint8_t length;
	enum outer_kind last; /* the layer that waits for what comes next */
	uint8_t last_at;
	uint8_t bytes[ENCAPSULATION_MAX];
};

struct gre_fields {
	uint16_t flags;            /* enum gre_flag, and whatever else */
	uint16_t checksum, offset; /* sent with GRE_HAS_CHECKSUM; a checksum of 0 is computed */
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
 * Each adds a layer inside those before it. False when there is no room or the layer before it
 * cannot carry it: only an MPLS label can follow a label that is not the bottom of its stack.
 * A ttl of 0 means 255 when it is sent, and is not compared.
 */
bool encapsulation_add_ip(struct encapsulation *outer, const struct ip_address *source,
                          const struct ip_address *destination, uint8_t tos, uint8_t ttl);
bool encapsulation_add_gre(struct encapsulation *outer, const struct gre_fields *gre);
bool encapsulation_add_mpls(struct encapsulation *outer, const struct mpls_entry *entry);

/* A packet of this family is what they carry. False as above. */
bool encapsulation_close(struct encapsulation *outer, bool ipv6);

/* Sets lengths and checksums in headers of `outer` bytes before a packet; `total` is both. */
void encapsulation_finish(uint8_t *bytes, size_t outer, size_t total);

/* How many bytes of headers stand before the innermost IP header; 0 for a plain packet. */
size_t encapsulation_length(const uint8_t *bytes, size_t length);

/* Are they the same, but for lengths, checksums, identification and an open ttl? */
bool encapsulation_equal(const uint8_t *want, size_t want_length, const uint8_t *seen,
                         size_t seen_length);

/* "ipv4 192.0.2.1 > 192.168.0.1: gre: mpls (label 5, tc 0, [S], ttl 9): " Returns `text`. */
const char *encapsulation_print(const uint8_t *bytes, size_t length, char *text, size_t size);

#endif
