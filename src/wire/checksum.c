#include "wire/checksum.h"

#include "wire/bytes.h"

/* 64 bits, because a GSO packet may be longer than a sum in 32 bits allows. */
static uint64_t add_bytes(uint64_t sum, const uint8_t *bytes, size_t length)
{
	for (; length > 1; bytes += 2, length -= 2)
		sum += get16(bytes);
	return length > 0 ? sum + ((uint64_t)bytes[0] << 8) : sum;
}

static uint16_t fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

uint16_t checksum_bytes(const uint8_t *bytes, size_t length)
{
	return fold(add_bytes(0, bytes, length));
}

static uint64_t add_pseudo(const struct ip_address *source, const struct ip_address *destination,
                           uint8_t protocol, size_t length)
{
	/* Behind an IPv4 address the bytes are zero, so that they add nothing. */
	uint64_t sum = add_bytes(0, source->bytes, sizeof(source->bytes));

	sum = add_bytes(sum, destination->bytes, sizeof(destination->bytes));
	return sum + protocol + (uint64_t)length;
}

uint16_t checksum_transport(const struct ip_address *source, const struct ip_address *destination,
                            uint8_t protocol, const uint8_t *bytes, size_t length)
{
	uint64_t sum = 0;

	if (protocol != IPPROTO_ICMP)
		sum = add_pseudo(source, destination, protocol, length);
	return fold(add_bytes(sum, bytes, length));
}

uint16_t checksum_pseudo(const struct ip_address *source, const struct ip_address *destination,
                         uint8_t protocol, size_t length)
{
	return (uint16_t)~fold(add_pseudo(source, destination, protocol, length));
}

uint16_t checksum_wrong(uint16_t right, uint16_t off)
{
	uint32_t sum = (uint32_t)right % 0xffff + off;

	return (uint16_t)(sum % 0xffff);
}
