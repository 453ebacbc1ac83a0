/** The DocTypes whose documents are submitted, and cancelled before they can be deleted. */
export const SUBMITTABLE: ReadonlySet<string> = new Set([
  'Quotation',
  'Sales Order',
  'Delivery Note',
  'Sales Invoice',
  'Purchase Order',
  'Purchase Invoice',
  'Payment Entry',
]);

/** The amounts of an example of a selling document. */
const AMOUNTS = `
    "currency": "EUR", "conversion_rate": 1.0, "total_qty": 10.0, "net_total": 1200.0,
    "total_taxes_and_charges": 240.0, "grand_total": 1440.0, "rounded_total": 1440.0,
    "items": [{
      "idx": 1, "item_code": "CHAISE-01", "item_name": "Chaise en chêne", "qty": 10.0, "uom": "Unit",
      "conversion_factor": 1.0, "rate": 120.0, "amount": 1200.0
    }],
    "taxes": [{
      "idx": 1, "charge_type": "On Net Total", "account_head": "TVA 20 % - AD", "rate": 20.0,
      "tax_amount": 240.0, "total": 1440.0
    }]`;

/**
 * An example of each DocType, as JSON with whole floats such as `1440.0`. A submittable document's `status` is that of a
 * submitted one.
 */
export const EXAMPLES: Readonly<Record<string, string>> = {
  Customer: `{
    "name": "Atelier de Dijon", "naming_series": "CUST-.YYYY.-", "customer_name": "Atelier de Dijon",
    "customer_type": "Company", "customer_group": "Commercial", "territory": "France",
    "tax_id": "FR40303265045", "default_currency": "EUR", "language": "fr",
    "email_id": "contact@atelier.example", "mobile_no": "+33 3 80 00 00 00", "disabled": 0
  }`,
  Supplier: `{
    "name": "Bois du Jura", "naming_series": "SUP-.YYYY.-", "supplier_name": "Bois du Jura",
    "supplier_type": "Company", "supplier_group": "Raw Material", "country": "France",
    "tax_id": "FR61954506077", "default_currency": "EUR", "disabled": 0
  }`,
  Contact: `{
    "name": "Claire Martin-Atelier de Dijon", "first_name": "Claire", "last_name": "Martin",
    "full_name": "Claire Martin", "email_id": "claire.martin@atelier.example",
    "phone": "+33 3 80 00 00 01", "company_name": "Atelier de Dijon", "status": "Passive",
    "is_primary_contact": 1, "unsubscribed": 0,
    "links": [{"link_doctype": "Customer", "link_name": "Atelier de Dijon", "link_title": "Atelier de Dijon"}]
  }`,
  Lead: `{
    "name": "CRM-LEAD-2026-00007", "naming_series": "CRM-LEAD-.YYYY.-", "lead_name": "Hugo Bernard",
    "first_name": "Hugo", "last_name": "Bernard", "company_name": "Menuiserie Bernard",
    "email_id": "hugo@bernard.example", "mobile_no": "+33 6 00 00 00 07", "status": "Lead",
    "source": "Campaign", "territory": "France", "country": "France"
  }`,
  Opportunity: `{
    "name": "CRM-OPP-2026-00004", "naming_series": "CRM-OPP-.YYYY.-", "opportunity_from": "Lead",
    "party_name": "CRM-LEAD-2026-00007", "customer_name": "Menuiserie Bernard",
    "opportunity_type": "Sales", "status": "Open", "sales_stage": "Prospecting",
    "transaction_date": "2026-01-15", "expected_closing": "2026-02-28", "currency": "EUR",
    "probability": 60.0, "opportunity_amount": 8400.0
  }`,
  Item: `{
    "name": "CHAISE-01", "item_code": "CHAISE-01", "item_name": "Chaise en chêne",
    "item_group": "Products", "stock_uom": "Unit", "description": "Chaise en chêne massif",
    "is_stock_item": 1, "is_sales_item": 1, "is_purchase_item": 1, "standard_rate": 120.0,
    "valuation_rate": 0.0, "disabled": 0
  }`,
  Quotation: `{
    "name": "SAL-QTN-2026-00012", "naming_series": "SAL-QTN-.YYYY.-", "quotation_to": "Customer",
    "party_name": "Atelier de Dijon", "customer_name": "Atelier de Dijon", "company": "Ancrage SAS",
    "transaction_date": "2026-01-15", "valid_till": "2026-02-15", "status": "Open", ${AMOUNTS}
  }`,
  'Sales Order': `{
    "name": "SAL-ORD-2026-00009", "naming_series": "SAL-ORD-.YYYY.-", "customer": "Atelier de Dijon",
    "customer_name": "Atelier de Dijon", "company": "Ancrage SAS", "transaction_date": "2026-01-15",
    "delivery_date": "2026-02-01", "status": "To Deliver and Bill", "per_delivered": 0.0,
    "per_billed": 0.0, ${AMOUNTS}
  }`,
  'Delivery Note': `{
    "name": "MAT-DN-2026-00005", "naming_series": "MAT-DN-.YYYY.-", "customer": "Atelier de Dijon",
    "customer_name": "Atelier de Dijon", "company": "Ancrage SAS", "posting_date": "2026-01-15",
    "posting_time": "10:15:00", "status": "To Bill", "is_return": 0, "per_billed": 0.0, ${AMOUNTS}
  }`,
  'Sales Invoice': `{
    "name": "ACC-SINV-2026-00031", "naming_series": "ACC-SINV-.YYYY.-", "customer": "Atelier de Dijon",
    "customer_name": "Atelier de Dijon", "company": "Ancrage SAS", "posting_date": "2026-01-15",
    "posting_time": "11:02:17", "due_date": "2026-02-14", "status": "Unpaid", "is_return": 0,
    "outstanding_amount": 1440.0, ${AMOUNTS}
  }`,
  'Purchase Order': `{
    "name": "PUR-ORD-2026-00003", "naming_series": "PUR-ORD-.YYYY.-", "supplier": "Bois du Jura",
    "supplier_name": "Bois du Jura", "company": "Ancrage SAS", "transaction_date": "2026-01-15",
    "schedule_date": "2026-01-29", "status": "To Receive and Bill", "per_received": 0.0,
    "per_billed": 0.0, ${AMOUNTS}
  }`,
  'Purchase Invoice': `{
    "name": "ACC-PINV-2026-00008", "naming_series": "ACC-PINV-.YYYY.-", "supplier": "Bois du Jura",
    "supplier_name": "Bois du Jura", "company": "Ancrage SAS", "posting_date": "2026-01-15",
    "posting_time": "14:20:00", "due_date": "2026-02-14", "status": "Unpaid", "bill_no": "F-2026-118",
    "outstanding_amount": 1440.0, ${AMOUNTS}
  }`,
  'Payment Entry': `{
    "name": "ACC-PAY-2026-00021", "naming_series": "ACC-PAY-.YYYY.-", "payment_type": "Receive",
    "posting_date": "2026-01-15", "company": "Ancrage SAS", "mode_of_payment": "Wire Transfer",
    "party_type": "Customer", "party": "Atelier de Dijon", "paid_from": "411000 - Clients - AD",
    "paid_to": "512000 - Banque - AD", "paid_amount": 1440.0, "received_amount": 1440.0,
    "total_allocated_amount": 1440.0, "unallocated_amount": 0.0, "reference_no": "VIR-8841",
    "reference_date": "2026-01-15", "status": "Submitted",
    "references": [{"idx": 1, "reference_doctype": "Sales Invoice", "reference_name": "ACC-SINV-2026-00031", "total_amount": 1440.0, "outstanding_amount": 1440.0, "allocated_amount": 1440.0}]
  }`,
  Subscription: `{
    "name": "ACC-SUB-2026-00002", "party_type": "Customer", "party": "Atelier de Dijon",
    "company": "Ancrage SAS", "status": "Active", "start_date": "2026-01-01",
    "current_invoice_start": "2026-01-01", "current_invoice_end": "2026-01-31", "days_until_due": 30,
    "cancel_at_period_end": 0, "plans": [{"idx": 1, "plan": "Maintenance", "qty": 1}]
  }`,
  Project: `{
    "name": "PROJ-0004", "naming_series": "PROJ-.####", "project_name": "Agencement du showroom",
    "status": "Open", "priority": "Medium", "customer": "Atelier de Dijon", "company": "Ancrage SAS",
    "expected_start_date": "2026-01-19", "expected_end_date": "2026-03-13", "percent_complete": 0.0,
    "estimated_costing": 9500.0
  }`,
  Task: `{
    "name": "TASK-2026-00017", "subject": "Prendre les cotes", "project": "PROJ-0004", "status": "Open",
    "priority": "Medium", "exp_start_date": "2026-01-19 09:00:00", "exp_end_date": "2026-01-20 18:00:00",
    "expected_time": 8.0, "progress": 0.0, "is_group": 0, "parent_task": null
  }`,
  Issue: `{
    "name": "ISS-2026-00011", "naming_series": "ISS-.YYYY.-", "subject": "Une chaise est arrivée abîmée",
    "raised_by": "claire.martin@atelier.example", "customer": "Atelier de Dijon",
    "contact": "Claire Martin-Atelier de Dijon", "status": "Open", "priority": "High",
    "issue_type": null, "opening_date": "2026-01-15", "opening_time": "09:12:04",
    "description": "<p>Le pied avant gauche est fendu.</p>"
  }`,
  Event: `{
    "name": "EV00042", "subject": "Visite du showroom", "event_category": "Meeting",
    "event_type": "Public", "starts_on": "2026-01-22 10:00:00", "ends_on": "2026-01-22 11:30:00",
    "status": "Open", "all_day": 0
  }`,
};
