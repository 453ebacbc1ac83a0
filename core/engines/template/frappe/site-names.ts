/** The members of `frappe` in templates that need no site. */
export const FRAPPE_NAMES: ReadonlySet<string> = new Set(
  'bold date_format format format_date format_value full_name get_url lang session time_format user utils'.split(
    ' ',
  ),
);

/** Functions of Frappe's templates that need a site, or that other code of the site makes. */
export const SITE_NAMES: ReadonlySet<string> = new Set(
  [
    'FrappeClient get_next_link get_toc get_visible_columns guess_mimetype html2text include_script include_style',
    'inspect is_job_queued is_rtl log resolve_class run_script web_block web_blocks',
  ]
    .join(' ')
    .split(' '),
);

/** The members of `frappe.utils` that need a site, its files or libraries, or that are random. */
export const SITE_UTILS: ReadonlySet<string> = new Set(
  [
    'convert_utc_to_system_timezone evaluate_filters expand_relative_urls generate_hash get_datetime_in_timezone',
    'get_filter get_host_name_from_request get_thumbnail_base64_for_image get_user_info_for_avatar image_to_base64',
    'markdown md_to_html pdf_to_base64 quote_urls round_based_on_smallest_currency_fraction sanitize_column scrub_urls',
    'to_markdown',
  ]
    .join(' ')
    .split(' '),
);
