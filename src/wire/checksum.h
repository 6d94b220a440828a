/* The Internet checksum (RFC 1071). */
#ifndef TCPCLOSE_WIRE_CHECKSUM_H
#define TCPCLOSE_WIRE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#include "wire/address.h"

/*
 * The checksum of `length` bytes. It is 0 when the bytes already hold a right checksum of
 * themselves.
 */
uint16_t checksum_bytes(const uint8_t *bytes, size_t length);

/*
 * The checksum of a TCP, UDP, ICMP or ICMPv6 header and its payload, with the pseudo header that
 * the protocol asks for (RFC 9293 3.1, RFC 8200 8.1; ICMP has none).
 */
uint16_t checksum_transport(const struct ip_address *source, const struct ip_address *destination,
                            uint8_t protocol, const uint8_t *bytes, size_t length);

/*
 * The sum of the pseudo header of a TCP or UDP packet, `length` bytes long without its IP header. A
 * sender that leaves the checksum to a device writes this sum into the checksum's field.
 */
uint16_t checksum_pseudo(const struct ip_address *source, const struct ip_address *destination,
                         uint8_t protocol, size_t length);

/*
 * A checksum that is wrong by `off`, which is neither 0 nor 0xffff. In a checksum 0 and 0xffff are
 * the same number (RFC 1071, 2), so the sum is made without either.
 */
uint16_t checksum_wrong(uint16_t right, uint16_t off);

#endif
