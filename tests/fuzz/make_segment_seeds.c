/*
 * Writes the seeds of fuzz_segment into the folder that the argument names: a packet of each shape,
 * with the first byte that fuzz_segment expects. Run it when a shape is added.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/segment.h"

static const char *directory;

static void write_seed(const char *name, uint8_t first, const uint8_t *bytes, size_t length)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	if (!file || fputc(first, file) == EOF || fwrite(bytes, 1, length, file) != length ||
	    fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

static void write_segment(const char *name, const struct segment *segment)
{
	static uint8_t bytes[SEGMENT_BYTES_MAX];
	size_t length = segment_encode(segment, bytes);

	write_seed(name, 0, bytes, length);
}

static struct segment between(const char *source, const char *destination, uint8_t protocol)
{
	struct segment segment = { .protocol = protocol, .ttl = 64 };

	ip_address_parse(source, &segment.source);
	ip_address_parse(destination, &segment.destination);
	return segment;
}

static struct segment v4(uint8_t protocol)
{
	return between("192.0.2.1", "192.168.0.1", protocol);
}

static struct segment v6(uint8_t protocol)
{
	return between("2001:db8::1", "fd3d:fa7b:d17d::1", protocol);
}

static void set_options(struct segment *segment, const char *bytes, size_t length)
{
	memcpy(segment->tcp.options, bytes, length);
	segment->tcp.options_length = (uint8_t)length;
}

#define OPTIONS(segment, text) set_options(segment, text, sizeof(text) - 1)

static void write_tcp(void)
{
	struct segment segment = v4(IPPROTO_TCP);

	segment.tcp = (struct tcp_header){
		.source = 43210,
		.destination = 8080,
		.sequence = 1000,
		.acknowledgment = 1,
		.window = 257,
	};
	segment.tcp.flags = TCP_SYN;
	OPTIONS(&segment, "\2\4\5\xb4\4\2\x8\xa\0\0\0\1\0\0\0\0\1\3\3\7");
	write_segment("tcp-syn", &segment);
	segment.tcp.flags = TCP_FIN | TCP_ACK;
	OPTIONS(&segment, "\1\1\5\x12\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4");
	write_segment("tcp-sack", &segment);
	OPTIONS(&segment, "\x22\xa\1\2\3\4\5\6\7\x8\xfe\6\xf9\x89\1\2\xac\x8\0\0\1\0\0\2\xae\2\xfd"
	                  "\4\1\2\0\0");
	segment.payload_length = 100;
	write_segment("tcp-rare-options", &segment);
	OPTIONS(&segment, "\1\x8\2\0");
	write_segment("tcp-bad-option", &segment);
	segment.fixed = FIXED_DATA_OFFSET | FIXED_CHECKSUM | FIXED_IP_CHECKSUM;
	segment.tcp.data_offset = 15;
	write_segment("tcp-bad-offset", &segment);
	segment.fixed = FIXED_IP_LENGTH;
	segment.ip_length = 60;
	write_segment("tcp-bad-length", &segment);
}

static void write_others(void)
{
	struct segment segment = v4(IPPROTO_UDP);

	segment.udp = (struct udp_header){ .source = 1000, .destination = 2000 };
	segment.payload_length = 10;
	write_segment("udp", &segment);
	segment = v4(IPPROTO_ICMP);
	segment.icmp = (struct icmp_header){ .type = 3,
		                             .code = 4,
		                             .rest = 840,
		                             .quote = { .protocol = IPPROTO_TCP,
		                                        .source = 8080,
		                                        .destination = 43210,
		                                        .sequence = 1,
		                                        .payload_length = 1000 } };
	write_segment("icmp-quote", &segment);
	segment = v6(IPPROTO_ICMPV6);
	segment.icmp = (struct icmp_header){ .type = 1,
		                             .code = 4,
		                             .quote = { .protocol = IPPROTO_UDP,
		                                        .source = 8080,
		                                        .destination = 43210,
		                                        .payload_length = 10 } };
	write_segment("icmpv6-quote", &segment);
	segment.icmp = (struct icmp_header){ .type = 128, .rest = 0x70001 };
	segment.payload_length = 8;
	write_segment("icmpv6-echo", &segment);
}

/*
 * Packets that segment_encode() does not make: with IP options, a chain of extension headers,
 * fragments.
 */
static void write_headers(void)
{
	static const uint8_t chain[] = {
		/* clang-format off */
		60, 0, 5, 2, 0, 0, 1, 0,  43, 0, 1, 4, 0, 0, 0, 0,  44, 0, 4, 1, 0, 0, 0, 0,
		6, 0, 0, 1, 0, 0, 0, 1,
		/* clang-format on */
	};
	static uint8_t bytes[SEGMENT_BYTES_MAX], longer[SEGMENT_BYTES_MAX];
	struct segment segment = v6(IPPROTO_TCP);
	size_t length;

	segment.tcp = (struct tcp_header){ .source = 43210, .destination = 8080, .flags = TCP_RST };
	length = segment_encode(&segment, bytes);
	memcpy(longer, bytes, 40);
	memcpy(longer + 40, chain, sizeof(chain));
	memcpy(longer + 40 + sizeof(chain), bytes + 40, length - 40);
	longer[6] = 0;
	longer[5] += sizeof(chain);
	write_seed("ipv6-chain", 0, longer, length + sizeof(chain));
	write_seed("ipv6-big", 0x81, bytes, length);

	segment = v4(IPPROTO_TCP);
	segment.tcp = (struct tcp_header){ .source = 43210, .destination = 8080, .flags = TCP_RST };
	length = segment_encode(&segment, bytes);
	memcpy(longer, bytes, 20);
	memcpy(longer + 20, "\x94\4\0\0\1\1\1\0", 8);
	memcpy(longer + 28, bytes + 20, length - 20);
	longer[0] = 0x47;
	longer[3] += 8;
	longer[6] = 0x20;
	write_seed("ipv4-options-fragment", 1, longer, length + 8);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
		return 99;
	}
	directory = argv[1];
	write_tcp();
	write_others();
	write_headers();
	return 0;
}
