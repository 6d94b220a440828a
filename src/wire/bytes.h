/* Numbers in network byte order, at any alignment, and the lengths of headers. */
#ifndef TCPCLOSE_WIRE_BYTES_H
#define TCPCLOSE_WIRE_BYTES_H

#include <stdint.h>

enum { /* bytes, without options */
       IPV4_HEADER = 20,
       IPV6_HEADER = 40,
       TCP_HEADER = 20,
       UDP_HEADER = 8,
       ICMP_HEADER = 8,
};

static inline uint16_t get16(const uint8_t *bytes)
{
	return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static inline uint32_t get32(const uint8_t *bytes)
{
	return (uint32_t)get16(bytes) << 16 | get16(bytes + 2);
}

static inline void put16(uint8_t *bytes, uint16_t value)
{
	bytes[0] = (uint8_t)(value >> 8);
	bytes[1] = (uint8_t)value;
}

static inline void put32(uint8_t *bytes, uint32_t value)
{
	put16(bytes, (uint16_t)(value >> 16));
	put16(bytes + 2, (uint16_t)value);
}

#endif
