/*
 * Anybody may give us a file of packets. The input is such a file, which is read to its end. The
 * corpus has one of each format and link layer.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/libpcap.h"
#include "capture/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void read_all(struct reader *reader)
{
	struct captured_packet packet;
	struct segment segment;
	char error[FAULT_TEXT];
	unsigned long frames = 0;

	while (reader_next(reader, &packet, error) == READER_PACKET) {
		require(packet.number == ++frames);
		if (!packet.bytes)
			continue;
		require(packet.captured > 0 && packet.captured <= packet.length);
		if (reader_decode(&packet, &segment))
			continue;
		require(segment.payload >= packet.bytes);
		require(segment.payload + segment.payload_captured <=
		        packet.bytes + packet.captured);
	}
	reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader *reader;
	char error[FAULT_TEXT], path[64];
	int fd = memfd_create("capture", MFD_CLOEXEC);

	/* Without it every file would be refused, and nothing would be tested. */
	require(libpcap_load(error) == FAULT_NONE);
	require(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (reader_open(&reader, path, error) == FAULT_NONE)
		read_all(reader);
	close(fd);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif
