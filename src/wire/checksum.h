/* The Internet checksum (RFC 1071). */
#ifndef TCPCLOSE_WIRE_CHECKSUM_H
#define TCPCLOSE_WIRE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#include "wire/address.h"

/* Over `length` bytes. Over bytes that hold their own right checksum the result is 0. */
uint16_t checksum_bytes(const uint8_t *bytes, size_t length);

/*
 * Over a TCP, UDP, ICMP or ICMPv6 header and its payload, with the pseudo header that the protocol
 * asks for (RFC 9293 3.1, RFC 8200 8.1; none for ICMP).
 */
uint16_t checksum_transport(const struct ip_address *source, const struct ip_address *destination,
                            uint8_t protocol, const uint8_t *bytes, size_t length);

/*
 * The sum of the pseudo header of TCP or UDP with `length` bytes behind it: what stands in the
 * checksum's field where the sender has left the rest to a device.
 */
uint16_t checksum_pseudo(const struct ip_address *source, const struct ip_address *destination,
                         uint8_t protocol, size_t length);

#endif
