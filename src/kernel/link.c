#include "kernel/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "capture/pcap_file.h"

struct ear {
	struct capture *capture;
	struct host_packet packet; /* heard, not told; its bytes are the capture's */
	bool full;
};

struct link {
	struct far_end *far;
	struct pcap_file *file; /* NULL: none is wanted */
	struct ear ears[CABLE_ENDS];
};

enum fault link_open(struct link **result, const struct host_config *config, const struct tun *near,
                     struct capture *capture, struct processes *processes, char *error)
{
	struct link *link = calloc(1, sizeof(*link));
	enum fault failure;

	if (!link)
		return fault_say(FAULT_BROKEN, error, "the link: %s", strerror(errno));
	failure = far_end_open(&link->far, config, near, processes, error);
	if (failure == FAULT_NONE && config->pcap_path)
		failure = pcap_file_open(&link->file, config->pcap_path, config->lost, error);
	if (failure != FAULT_NONE) {
		link_close(link);
		return failure;
	}
	link->ears[CABLE_NEAR].capture = capture;
	link->ears[CABLE_FAR].capture = far_end_capture(link->far);
	*result = link;
	return FAULT_NONE;
}

void link_close(struct link *link)
{
	if (!link)
		return;
	far_end_close(link->far);
	pcap_file_close(link->file);
	free(link);
}

static enum capture_result listen_to(struct ear *ear, char *error)
{
	enum capture_result result = CAPTURE_PACKET;

	if (!ear->full)
		result = capture_next(ear->capture, &ear->packet, error);
	ear->full = result == CAPTURE_PACKET;
	return result;
}

/*
 * What is heard at one end may be the answer to what the other end sent meanwhile: so that is
 * listened to once more. What caused a packet is heard before it.
 */
enum capture_result link_next(struct link *link, struct host_packet *packet, char *error)
{
	struct ear *near = &link->ears[CABLE_NEAR], *far = &link->ears[CABLE_FAR], *first;

	cable_start(far_end_cable(link->far));
	if (listen_to(near, error) == CAPTURE_BROKEN || listen_to(far, error) == CAPTURE_BROKEN ||
	    listen_to(near, error) == CAPTURE_BROKEN)
		return CAPTURE_BROKEN;
	if (!near->full && !far->full)
		return CAPTURE_NONE;
	first = !far->full || (near->full && near->packet.at <= far->packet.at) ? near : far;
	first->full = false;
	*packet = first->packet;
	packet->far = first == far;
	if (link->file)
		pcap_file_add(link->file, packet->bytes, packet->captured, packet->length,
		              timespec_of_usec(packet->at));
	return CAPTURE_PACKET;
}

int link_descriptor(const struct link *link)
{
	return capture_descriptor(link->ears[CABLE_FAR].capture);
}

struct host *link_far(struct link *link)
{
	return far_end_host(link->far);
}

struct cable *link_cable(struct link *link)
{
	return far_end_cable(link->far);
}
