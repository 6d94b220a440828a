#include "wire/tcp_md5.h"

#include <string.h>

#include "wire/bytes.h"
#include "wire/tcp_options.h"

/* ---- MD5 (RFC 1321) ---- */

enum { BLOCK = 64, LENGTH_AT = 56 };

struct md5 {
	uint32_t state[4];
	uint64_t length; /* in bytes */
	uint8_t block[BLOCK];
};

static uint32_t rotate(uint32_t x, unsigned bits)
{
	return x << bits | x >> (32 - bits);
}

static uint32_t get32_little(const uint8_t *bytes)
{
	return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 |
	       bytes[0];
}

/*
 * The four rounds differ in their function, and in the order in which they use the words of the
 * block.
 */
static void md5_block(struct md5 *md5)
{
	static const uint8_t shifts[4][4] = {
		{ 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
	};

	/* The integer parts of 2^32 * |sin(i)|, i in 1..64. */
	static const uint32_t sines[BLOCK] = {
		/* clang-format off */
		0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613,
		0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193,
		0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
		0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
		0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122,
		0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
		0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244,
		0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
		0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
		0xeb86d391,
		/* clang-format on */
	};
	static const uint8_t steps[4][2] = { { 1, 0 }, { 5, 1 }, { 3, 5 }, { 7, 0 } };
	uint32_t a = md5->state[0], b = md5->state[1], c = md5->state[2], d = md5->state[3];

	for (unsigned i = 0; i < BLOCK; i++) {
		unsigned round = i / 16, word = (steps[round][0] * i + steps[round][1]) % 16;
		uint32_t mixed[4] = { (b & c) | (~b & d), (b & d) | (c & ~d), b ^ c ^ d,
			              c ^ (b | ~d) };
		uint32_t sum = a + mixed[round] + sines[i] + get32_little(md5->block + 4 * word);

		a = d;
		d = c;
		c = b;
		b += rotate(sum, shifts[round][i % 4]);
	}
	md5->state[0] += a;
	md5->state[1] += b;
	md5->state[2] += c;
	md5->state[3] += d;
}

static void md5_add(struct md5 *md5, const void *bytes, size_t length)
{
	const uint8_t *from = bytes;

	while (length-- > 0) {
		md5->block[md5->length++ % BLOCK] = from ? *from++ : 0;
		if (md5->length % BLOCK == 0)
			md5_block(md5);
	}
}

static void md5_end(struct md5 *md5, uint8_t digest[TCP_MD5_BYTES])
{
	uint64_t bits = 8 * md5->length;
	uint8_t count[8];

	for (unsigned i = 0; i < sizeof(count); i++)
		count[i] = (uint8_t)(bits >> (8 * i));
	md5_add(md5, "\x80", 1);
	md5_add(md5, NULL, (BLOCK + LENGTH_AT - md5->length % BLOCK) % BLOCK);
	md5_add(md5, count, sizeof(count));
	for (unsigned i = 0; i < TCP_MD5_BYTES; i++)
		digest[i] = (uint8_t)(md5->state[i / 4] >> (8 * (i % 4)));
}

/* ---- what is signed ---- */

/* The pseudo header of RFC 793 3.1, or of RFC 8200 8.1. */
static void add_pseudo_header(struct md5 *md5, const struct segment *segment, uint32_t length)
{
	bool ipv6 = segment->source.family == AF_INET6;
	uint8_t rest[8] = { 0 };

	md5_add(md5, segment->source.bytes, ipv6 ? 16 : 4);
	md5_add(md5, segment->destination.bytes, ipv6 ? 16 : 4);
	if (ipv6) {
		put32(rest, length);
		rest[7] = IPPROTO_TCP;
	} else {
		rest[1] = IPPROTO_TCP;
		put16(rest + 2, (uint16_t)length);
	}
	md5_add(md5, rest, ipv6 ? 8 : 4);
}

static void add_header(struct md5 *md5, const struct tcp_header *tcp, unsigned words)
{
	uint8_t bytes[20] = { 0 };

	put16(bytes, tcp->source);
	put16(bytes + 2, tcp->destination);
	put32(bytes + 4, tcp->sequence);
	put32(bytes + 8, tcp->acknowledgment);
	put16(bytes + 12, (uint16_t)(words << 12 | (tcp->flags & 0xfff)));
	put16(bytes + 14, tcp->window);
	put16(bytes + 18, tcp->urgent);
	md5_add(md5, bytes, sizeof(bytes));
}

void tcp_md5_digest(const struct segment *segment, const char *key, uint8_t digest[TCP_MD5_BYTES])
{
	struct md5 md5 = { .state = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 } };
	unsigned words = 5 + (segment->tcp.options_length + 3u) / 4;
	uint32_t captured = segment->payload_captured;

	add_pseudo_header(&md5, segment, 4 * words + segment->payload_length);
	add_header(&md5, &segment->tcp, words);
	md5_add(&md5, segment->payload, captured);
	md5_add(&md5, NULL, segment->payload_length - captured);
	md5_add(&md5, key, strlen(key));
	md5_end(&md5, digest);
}

void tcp_md5_put(uint8_t *options, size_t length, const uint8_t digest[TCP_MD5_BYTES])
{
	struct tcp_option_view view;
	size_t at = 0;
	bool bad;

	while (tcp_option_next(options, length, &at, &view, &bad))
		if (view.kind == TCPOPT_KIND_MD5 && view.length == 2 + TCP_MD5_BYTES) {
			memcpy(options + (view.bytes - options) + 2, digest, TCP_MD5_BYTES);
			return;
		}
}
