#include "kernel/sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "wire/tcp_state.h"

static void print_end(FILE *out, unsigned char family, const uint32_t address[4], uint16_t port)
{
	char text[INET6_ADDRSTRLEN] = "?";

	inet_ntop(family, address, text, sizeof(text));
	fprintf(out, "%s%s%s:%u", family == AF_INET6 ? "[" : "", text,
	        family == AF_INET6 ? "]" : "", ntohs(port));
}

/* A kernel that is older than our headers tells less, and a newer one more. */
static void print_info(FILE *out, const struct nlattr *attribute)
{
	struct tcp_info info = { 0 };
	size_t length = mnl_attr_get_payload_len(attribute);

	memcpy(&info, mnl_attr_get_payload(attribute),
	       length < sizeof(info) ? length : sizeof(info));
	fprintf(out,
	        "    ca_state %u, rto %u us, snd_mss %u, rcv_mss %u, cwnd %u, ssthresh %u, unacked "
	        "%u, "
	        "sacked %u, lost %u, retrans %u, total_retrans %u, backoff %u, probes %u, rtt %u "
	        "us\n",
	        info.tcpi_ca_state, info.tcpi_rto, info.tcpi_snd_mss, info.tcpi_rcv_mss,
	        info.tcpi_snd_cwnd, info.tcpi_snd_ssthresh, info.tcpi_unacked, info.tcpi_sacked,
	        info.tcpi_lost, info.tcpi_retrans, info.tcpi_total_retrans, info.tcpi_backoff,
	        info.tcpi_probes, info.tcpi_rtt);
}

static int print_socket(const struct nlmsghdr *message, void *context)
{
	const struct inet_diag_msg *seen = mnl_nlmsg_get_payload(message);
	const struct nlattr *attribute;
	FILE *out = context;

	fprintf(out, "%-12s ", tcp_state_name((enum tcp_state)seen->idiag_state));
	print_end(out, seen->idiag_family, seen->id.idiag_src, seen->id.idiag_sport);
	fputs(" > ", out);
	print_end(out, seen->idiag_family, seen->id.idiag_dst, seen->id.idiag_dport);
	fprintf(out, "  rqueue %u, wqueue %u, timer %s", seen->idiag_rqueue, seen->idiag_wqueue,
	        tcp_timer_name((enum tcp_timer)seen->idiag_timer));
	if (seen->idiag_timer)
		fprintf(out, " %u ms", seen->idiag_expires);
	fprintf(out, ", retransmits %u, uid %u, inode %u\n", seen->idiag_retrans, seen->idiag_uid,
	        seen->idiag_inode);
	mnl_attr_for_each(attribute, message,
	                  sizeof(*seen)) if (mnl_attr_get_type(attribute) == INET_DIAG_INFO)
		print_info(out, attribute);
	return MNL_CB_OK;
}

/* Returns false with errno on an error. */
static bool print_family(FILE *out, struct mnl_socket *socket, uint8_t family)
{
	char bytes[16384] __attribute__((aligned(8)));
	struct nlmsghdr *message = mnl_nlmsg_put_header(bytes);
	struct inet_diag_req_v2 *question;
	ssize_t received;
	int more = MNL_CB_OK;

	message->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	message->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	message->nlmsg_seq = family;
	question = mnl_nlmsg_put_extra_header(message, sizeof(*question));
	*question = (struct inet_diag_req_v2){
		.sdiag_family = family,
		.sdiag_protocol = IPPROTO_TCP,
		.idiag_states = ~0u,
		.idiag_ext = 1 << (INET_DIAG_INFO - 1),
	};
	if (mnl_socket_sendto(socket, message, message->nlmsg_len) < 0)
		return false;
	while (more > MNL_CB_STOP) {
		received = mnl_socket_recvfrom(socket, bytes, sizeof(bytes));
		if (received < 0)
			return false;
		more = mnl_cb_run(bytes, (size_t)received, family, 0, print_socket, out);
	}
	return more == MNL_CB_STOP;
}

void sockets_print(FILE *out)
{
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);

	if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    !print_family(out, socket, AF_INET) || !print_family(out, socket, AF_INET6))
		fprintf(out, "sock_diag: %s\n", strerror(errno));
	if (socket)
		mnl_socket_close(socket);
}
