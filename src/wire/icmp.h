/*
 * Types and codes of ICMP and ICMPv6 by name. `protocol` is IPPROTO_ICMP or IPPROTO_ICMPV6. The
 * names are those of packetdrill, where it has one.
 */
#ifndef TCPCLOSE_WIRE_ICMP_H
#define TCPCLOSE_WIRE_ICMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL when the number has no name. */
const char *icmp_type_name(uint8_t protocol, uint8_t type);
const char *icmp_code_name(uint8_t protocol, uint8_t type, uint8_t code);

/* These also understand "type_42" and "code_7". */
bool icmp_type_parse(uint8_t protocol, const char *name, uint8_t *type);
bool icmp_code_parse(uint8_t protocol, uint8_t type, const char *name, uint8_t *code);

/* The index-th name, for suggestions; NULL after the last. */
const char *icmp_type_listed(uint8_t protocol, size_t index);
const char *icmp_code_listed(uint8_t protocol, uint8_t type, size_t index);

/*
 * For the name of a type or code that only the other protocol has: the type and code of this
 * protocol that say the same; NULL when there are none.
 */
const char *icmp_counterpart(uint8_t protocol, const char *name);

/* What bytes 4 to 7 of the header hold. */
enum icmp_rest { ICMP_REST_UNUSED, ICMP_REST_MTU, ICMP_REST_ID };
enum icmp_rest icmp_rest_meaning(uint8_t protocol, uint8_t type, uint8_t code);

/*
 * Tells whether the message is an error, which quotes the packet that it is about (RFC 792, RFC
 * 4443 2.1).
 */
bool icmp_is_error(uint8_t protocol, uint8_t type);

#endif
