FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

# First what changes seldom, so that a change of the code does not install everything again.
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --uid 10001 tracker && install --directory --owner tracker var
USER tracker
# The key is for this step alone: whoever runs the image gives the real one.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input

# Not 127.0.0.1: the port is reached from outside the container.
ENV WEB_HOST=0.0.0.0 PORT=8000
EXPOSE 8000
CMD ["gunicorn", "asp_tracker.wsgi"]
