#include "capture/pcap_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "capture/libpcap.h"

enum { PACKET_BYTES = 262144 }; /* the largest size of a packet, as the file's head says */

struct pcap_file {
	pcap_t *format;
	pcap_dumper_t *dumper;
	const char *path;
	char *lost;
	bool broken;
};

void pcap_file_prepare(void)
{
	char error[FAULT_TEXT];

	/* The error is ignored here: pcap_file_open() reports it again. */
	libpcap_load(error);
}

/* After each packet, so that the file can be read when the run is killed. */
static void flush(struct pcap_file *file)
{
	if (libpcap.dump_flush(file->dumper) >= 0)
		return;
	file->broken = true;
	if (file->lost)
		fault_say(FAULT_BROKEN, file->lost, "cannot write %s: %s", file->path,
		          strerror(errno));
}

enum fault pcap_file_open(struct pcap_file **result, const char *path, char *lost, char *error)
{
	enum fault failure = libpcap_load(error);
	struct pcap_file *file;

	if (failure != FAULT_NONE)
		return failure;
	file = calloc(1, sizeof(*file));
	if (file)
		file->format = libpcap.open_dead(DLT_RAW, PACKET_BYTES, PCAP_TSTAMP_PRECISION_NANO);
	if (!file || !file->format) {
		pcap_file_close(file);
		return fault_say(FAULT_BROKEN, error, "%s: out of memory", path);
	}
	file->path = path;
	file->lost = lost;
	file->dumper = libpcap.dump_open(file->format, path);
	if (!file->dumper) {
		fault_say(FAULT_BROKEN, error, "%s", libpcap.error(file->format));
		pcap_file_close(file);
		return FAULT_BROKEN;
	}
	fcntl(fileno(libpcap.dump_stream(file->dumper)), F_SETFD, FD_CLOEXEC);
	flush(file);
	*result = file;
	return FAULT_NONE;
}

void pcap_file_add(struct pcap_file *file, const uint8_t *bytes, size_t captured, size_t length,
                   struct timespec at)
{
	const struct pcap_pkthdr header = {
		/* With nanosecond precision, tv_usec holds nanoseconds. */
		.ts = { at.tv_sec, at.tv_nsec },
		.caplen = (bpf_u_int32)captured,
		.len = (bpf_u_int32)length,
	};

	if (file->broken)
		return;
	libpcap.dump((u_char *)file->dumper, &header, bytes);
	flush(file);
}

void pcap_file_close(struct pcap_file *file)
{
	if (!file)
		return;
	if (file->dumper)
		libpcap.dump_close(file->dumper);
	if (file->format)
		libpcap.close(file->format);
	free(file);
}
