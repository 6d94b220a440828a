/*
 * ICMP and ICMPv6 types and codes by name. `protocol` is IPPROTO_ICMP or IPPROTO_ICMPV6; the
 * spellings are packetdrill's, where it has one.
 */
#ifndef TCPCLOSE_WIRE_ICMP_H
#define TCPCLOSE_WIRE_ICMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL for a number without a name. */
const char *icmp_type_name(uint8_t protocol, uint8_t type);
const char *icmp_code_name(uint8_t protocol, uint8_t type, uint8_t code);

/* Also "type_42" and "code_7". */
bool icmp_type_parse(uint8_t protocol, const char *name, uint8_t *type);
bool icmp_code_parse(uint8_t protocol, uint8_t type, const char *name, uint8_t *code);

/* All names in turn, for suggestions; NULL after the last. */
const char *icmp_type_listed(uint8_t protocol, size_t index);
const char *icmp_code_listed(uint8_t protocol, uint8_t type, size_t index);

/* A type or code that only the other protocol has: type and code that say the same in this one. */
const char *icmp_counterpart(uint8_t protocol, const char *name);

/* What bytes 4 to 7 of the header mean. */
enum icmp_rest { ICMP_REST_UNUSED, ICMP_REST_MTU, ICMP_REST_ID };
enum icmp_rest icmp_rest_meaning(uint8_t protocol, uint8_t type, uint8_t code);

/* Is it an error, which quotes the packet that it is about (RFC 792, RFC 4443 2.1)? */
bool icmp_is_error(uint8_t protocol, uint8_t type);

#endif
