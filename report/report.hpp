// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/report.hpp>: a judgement as text. No file is opened.

// Gram matrices: for a terminal, as CSV, as one page with figures.
#include <wideproof/report/gram/page.hpp>
#include <wideproof/report/gram/tables.hpp>
#include <wideproof/report/gram/terminal_table.hpp>

// Errors of regression likewise.
#include <wideproof/report/generalization/figures.hpp>
#include <wideproof/report/generalization/page.hpp>
#include <wideproof/report/generalization/tables.hpp>

// Dimensionalities of layers likewise.
#include <wideproof/report/dimension/figures.hpp>
#include <wideproof/report/dimension/page.hpp>
#include <wideproof/report/dimension/tables.hpp>

// A page of your own.
#include <wideproof/report/page/html_page.hpp>
