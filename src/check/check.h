/*
 * The model as a judge of a capture: what each end of each connection did that no rule allows, with
 * the numbers of the frames. Nothing is known of the programs, and what is captured may be lost
 * afterwards; so only that is told which was wrong however that was.
 */
#ifndef TCPCLOSE_CHECK_CHECK_H
#define TCPCLOSE_CHECK_CHECK_H

#include <stdio.h>

#include "model/circumstances.h"

enum check_result { CHECK_NOTHING, CHECK_FOUND, CHECK_BROKEN };

/*
 * Reads the file of packets ("-": standard input), prints what is found and a last line that
 * counts. CHECK_BROKEN: it could not be read to its end; why was printed to `errors`, and what was
 * found before that is there.
 */
enum check_result check_pcap(const char *path, enum model_mode mode, FILE *out, FILE *errors);

#endif
